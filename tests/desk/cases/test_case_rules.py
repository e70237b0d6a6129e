"""Pure decisions about cases."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from desk.cases.enums import CaseState, Priority
from desk.cases.rules import (
    case_number,
    due,
    highest,
    is_theirs,
    may_go,
    needs_gentle_words,
    raised,
    triage,
)
from desk.cases.topics import topic_of, topics
from desk.words import say

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState
ALLOWED = {
    (NEW, OPEN),
    (OPEN, WAITING),
    (OPEN, RESOLVED),
    (WAITING, OPEN),
    (WAITING, RESOLVED),
    (RESOLVED, CLOSED),
    (RESOLVED, OPEN),
    (CLOSED, OPEN),
}


@pytest.mark.parametrize("start", CaseState)
@pytest.mark.parametrize("end", CaseState)
def test_a_case_goes_from_new_to_closed_and_back_to_open_and_nowhere_else(start, end):
    assert may_go(start, end) == ((start, end) in ALLOWED)


def test_a_permanent_penalty_or_an_income_makes_a_ban_appeal_high():
    _, appeal = topic_of("ban_appeal")
    assert triage(appeal, {}) == Priority.NORMAL
    assert triage(appeal, {"penalty_permanent": True}) == Priority.HIGH
    assert triage(appeal, {"earns_income": True}) == Priority.HIGH


def test_only_a_plain_yes_raises_the_priority():
    _, appeal = topic_of("ban_appeal")
    for value in (False, None, "yes", 1, "true"):
        assert triage(appeal, {"penalty_permanent": value}) == Priority.NORMAL


def test_a_live_that_runs_now_cannot_wait():
    _, live = topic_of("live_quality")
    assert triage(live, {}) == Priority.NORMAL
    assert triage(live, {"is_live_now": True}) == Priority.HIGH


def test_lost_money_makes_a_fraud_urgent():
    _, fraud = topic_of("report_fraud")
    assert triage(fraud, {"money_lost": True}) == Priority.URGENT


def test_fields_never_lower_a_priority():
    _, stolen = topic_of("account_stolen")
    assert triage(stolen, {"penalty_permanent": True}) == Priority.URGENT


def test_the_highest_priority_is_the_most_pressing():
    assert highest([Priority.LOW, Priority.HIGH, Priority.NORMAL]) == Priority.HIGH
    assert highest(list(Priority)) == Priority.URGENT


def test_a_case_opened_again_presses_one_step_more():
    assert [raised(priority) for priority in Priority] == [
        Priority.URGENT,
        Priority.URGENT,
        Priority.HIGH,
        Priority.NORMAL,
    ]


@dataclass
class Belongs:
    conversation_id: str = "c1"
    user_ref: str | None = None


@pytest.mark.parametrize(
    ("case", "conversation_id", "user_ref", "theirs"),
    [
        (Belongs(), "c1", None, True),
        (Belongs(), "c1", "u1", True),
        (Belongs(user_ref="u1"), "c2", "u1", True),
        (Belongs(user_ref="u1"), "c2", "u2", False),
        (Belongs(user_ref="u1"), "c2", None, False),
        (Belongs(), "c2", "u1", False),
        (Belongs(), "c2", None, False),
    ],
)
def test_a_case_is_of_its_conversation_and_of_its_user_elsewhere(case, conversation_id, user_ref, theirs):
    assert is_theirs(case, conversation_id, user_ref) == theirs


@pytest.mark.parametrize(
    ("skill_group", "reasons", "gentle"),
    [
        ("crisis_care", [], True),
        ("general", [None, "user_request", "crisis"], True),
        ("general", [None, "user_in_danger"], False),
        ("general", [], False),
    ],
)
def test_words_are_gentle_where_a_life_was_at_risk(skill_group, reasons, gentle):
    assert needs_gentle_words(skill_group, reasons) == gentle


def test_a_case_is_due_by_the_sla_of_its_priority():
    made = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    sla = {"urgent": 2.0, "high": 24.0, "normal": 72.0, "low": 168.0}
    assert due(made, Priority.URGENT, sla) == made + timedelta(hours=2)
    assert due(made, Priority.LOW, sla) == made + timedelta(days=7)


@pytest.mark.parametrize(
    ("serial", "number"), [(0, "KF20260105000000"), (42, "KF20260105000042"), (999_999, "KF20260105999999")]
)
def test_a_case_number_is_kf_with_eight_digits_of_date_and_six_more(serial, number):
    assert case_number(date(2026, 1, 5), serial) == number


def test_an_unknown_topic_is_a_general_one():
    assert topic_of("no_such_topic")[0] == "general"
    assert topic_of(None)[0] == "general"


@pytest.mark.parametrize("name", topics())
def test_every_topic_has_words_and_a_skill_group_with_words(name):
    topic = topics()[name]
    assert topic.label("zh") and topic.label("en") and topic.label("zh") != topic.label("en")
    assert say("zh", f"skill-{topic.skill_group}") and say("en", f"skill-{topic.skill_group}")
