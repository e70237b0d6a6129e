"""The rules alone, at the edges of the clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import rules

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)


@dataclass
class Penalty:
    type: str = "account_ban"
    started_at: datetime = NOW - DAY
    ends_at: datetime | None = NOW + DAY
    lifted_at: datetime | None = None
    admits_appeals: bool = True
    appeal_deadline: datetime | None = NOW + DAY


@dataclass
class Appeal:
    outcome: str | None = None


class TestPenaltyIsActive:
    @pytest.mark.parametrize(
        ("penalty", "active"),
        [
            (Penalty(), True),
            (Penalty(ends_at=None), True),
            (Penalty(ends_at=NOW + INSTANT), True),
            (Penalty(ends_at=NOW), False),
            (Penalty(started_at=NOW), True),
            (Penalty(started_at=NOW + INSTANT), False),
            (Penalty(ends_at=None, lifted_at=NOW), False),
            (Penalty(ends_at=None, lifted_at=NOW + INSTANT), True),
        ],
    )
    def test_holds_from_its_start_up_to_its_end(self, penalty, active):
        assert rules.penalty_is_active(penalty, NOW) is active


class TestAccountStatus:
    @pytest.mark.parametrize(
        ("penalties", "frozen", "status"),
        [
            ([], False, "normal"),
            ([Penalty("warning")], False, "normal"),
            ([Penalty("mute")], False, "restricted"),
            ([Penalty("live_ban")], False, "restricted"),
            ([Penalty("mute")], True, "frozen"),
            ([Penalty("mute"), Penalty("account_ban")], True, "banned"),
            ([Penalty("account_ban", ends_at=NOW)], False, "normal"),
            ([Penalty("account_ban", ends_at=NOW)], True, "frozen"),
        ],
    )
    def test_is_the_gravest_of_what_holds_now(self, penalties, frozen, status):
        assert rules.account_status(penalties, frozen, NOW) == status


class TestAppealRefusal:
    @pytest.mark.parametrize(
        ("penalty", "appeals", "refusal"),
        [
            (Penalty(), [], None),
            (Penalty(appeal_deadline=NOW + INSTANT), [], None),
            (Penalty(appeal_deadline=NOW), [], "expired"),
            (Penalty(appeal_deadline=None), [], None),
            (Penalty(admits_appeals=False), [], "not_appealable"),
            (Penalty(lifted_at=NOW), [], "not_appealable"),
            (Penalty(), [Appeal()], "already_filed"),
            (Penalty(), [Appeal("upheld")], None),
            (Penalty(), [Appeal("upheld"), Appeal()], "already_filed"),
            (Penalty(), [Appeal("upheld"), Appeal("upheld")], "not_appealable"),
            (Penalty(ends_at=NOW), [], None),
        ],
    )
    def test_names_the_rule_that_forbids_it(self, penalty, appeals, refusal):
        assert rules.appeal_refusal(penalty, appeals, NOW) == refusal

    def test_every_appeal_counts(self):
        assert [rules.appeals_left([Appeal()] * filed) for filed in range(4)] == [2, 1, 0, 0]


class TestPaymentState:
    @pytest.mark.parametrize(
        ("failure", "settles_at", "state"),
        [
            (None, NOW, "succeeded"),
            (None, NOW + INSTANT, "processing"),
            (None, None, "processing"),
            ("refused by the bank", NOW, "failed"),
        ],
    )
    def test_follows_the_clock_unless_it_failed(self, failure, settles_at, state):
        assert rules.payment_state(failure, settles_at, NOW) == state


class TestReviewIsOverdue:
    def test_only_after_two_days_without_a_verdict(self):
        submitted_at = NOW - 2 * DAY
        assert not rules.review_is_overdue(None, submitted_at, NOW)
        assert rules.review_is_overdue(None, submitted_at, NOW + INSTANT)
        assert not rules.review_is_overdue("published", submitted_at, NOW + INSTANT)


class TestLiveRoomState:
    def test_a_live_ban_closes_the_room_until_it_ends(self):
        ban = Penalty("live_ban")
        assert rules.live_room_state([ban], None, NOW) == "banned"
        assert rules.live_room_state([ban], None, NOW + DAY) == "live"
        assert rules.live_room_state([ban], NOW, NOW + DAY) == "ended"
