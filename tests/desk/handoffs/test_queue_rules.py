"""Pure decisions about the waiting line."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from desk.cases.enums import Priority
from desk.handoffs.rules import REASONS, in_order, least_priority, position
from desk.words import say

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Waits:
    id: str
    priority: Priority = Priority.NORMAL
    minutes: int = 0
    skill_group: str = "general"

    @property
    def waiting_since(self) -> datetime:
        return NOON - timedelta(minutes=self.minutes)


def test_urgent_ones_come_first_then_whoever_has_waited_longest():
    line = [
        Waits("fresh", minutes=1),
        Waits("old", minutes=50),
        Waits("low", Priority.LOW, minutes=900),
        Waits("urgent", Priority.URGENT),
        Waits("high", Priority.HIGH, minutes=2),
    ]
    assert [one.id for one in in_order(line)] == ["urgent", "high", "old", "fresh", "low"]


def test_two_who_came_at_once_stand_in_one_order_for_everybody():
    line = [Waits("b"), Waits("a")]
    assert [one.id for one in in_order(line)] == [one.id for one in in_order(line[::-1])] == ["a", "b"]


def test_a_place_counts_from_one_within_the_skill_group():
    first, second = Waits("first", minutes=9), Waits("second", minutes=1)
    elsewhere = Waits("elsewhere", Priority.URGENT, skill_group="payment")
    assert position(first, [second, first, elsewhere]) == 1
    assert position(second, [second, first, elsewhere]) == 2


def test_someone_urgent_moves_the_others_back():
    mine = Waits("mine", minutes=9)
    assert position(mine, [mine, Waits("urgent", Priority.URGENT)]) == 2


@pytest.mark.parametrize("reason", REASONS)
def test_only_crisis_and_danger_are_urgent_by_their_reason(reason):
    urgent = reason in ("crisis", "user_in_danger")
    assert (least_priority(reason) == Priority.URGENT) == urgent


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_for_agents(reason):
    assert say("zh", f"reason-{reason}") and say("en", f"reason-{reason}")
