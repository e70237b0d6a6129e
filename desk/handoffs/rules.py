"""Pure decisions about the queue."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from desk.cases.models import Priority
from desk.cases.rules import rank
from desk.handoffs.models import Handoff

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


def queue_key(handoff: Handoff) -> tuple[int, datetime, str]:
    """Most pressing first, then whoever has waited longest."""
    return rank(handoff.priority), handoff.waiting_since, handoff.id


def in_order(handoffs: Iterable[Handoff]) -> list[Handoff]:
    return sorted(handoffs, key=queue_key)


def position(handoff: Handoff, waiting: Sequence[Handoff]) -> int:
    """The place in the line of its skill group, from 1."""
    line = in_order(other for other in waiting if other.skill_group == handoff.skill_group)
    return 1 + sum(queue_key(other) < queue_key(handoff) for other in line)
