"""Pure decisions about the queue."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from desk.cases.enums import Priority
from desk.cases.rules import rank


class Waiting(Protocol):
    """What these decisions look at."""

    id: str
    priority: Priority
    skill_group: str
    waiting_since: datetime


W = TypeVar("W", bound=Waiting)

# Reasons that are urgent whatever the topic.
URGENT_REASONS = ("crisis", "user_in_danger")
REASONS = (
    *URGENT_REASONS,
    "user_request",
    "not_understood",
    "action_failed",
    "topic_needs_person",
    "slot_retries",
    "bot_unavailable",
)


def least_priority(reason: str) -> Priority:
    return Priority.URGENT if reason in URGENT_REASONS else Priority.LOW


def queue_key(handoff: Waiting) -> tuple[int, datetime, str]:
    """Most pressing first, then whoever has waited longest."""
    return rank(handoff.priority), handoff.waiting_since, handoff.id


def in_order(handoffs: Iterable[W]) -> list[W]:
    """The line as it will be served."""
    return sorted(handoffs, key=queue_key)


def position(handoff: Waiting, waiting: Sequence[Waiting]) -> int:
    """The place in the line of its skill group, from 1."""
    line = in_order(other for other in waiting if other.skill_group == handoff.skill_group)
    return 1 + sum(queue_key(other) < queue_key(handoff) for other in line)
