"""Pure decisions about cases: what they are worth, when they are due, where they may go."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from desk.cases.enums import CaseState, Priority
from desk.cases.topics import Topic

TRANSITIONS: Mapping[CaseState, tuple[CaseState, ...]] = {
    CaseState.NEW: (CaseState.OPEN,),
    CaseState.OPEN: (CaseState.WAITING, CaseState.RESOLVED),
    CaseState.WAITING: (CaseState.OPEN, CaseState.RESOLVED),
    CaseState.RESOLVED: (CaseState.CLOSED, CaseState.OPEN),
    CaseState.CLOSED: (CaseState.OPEN,),
}
UNSETTLED = (CaseState.NEW, CaseState.OPEN, CaseState.WAITING)
CRISIS = "crisis"
CRISIS_CARE = "crisis_care"


class Belongs(Protocol):
    """What tells whose a case is."""

    conversation_id: str
    user_ref: str | None


def triage(topic: Topic, fields: Mapping[str, Any]) -> Priority:
    """The priority of a case: the topic's own, raised (never lowered) by what the fields say."""
    wishes = [topic.priority]
    if any(fields.get(name) is True for name in topic.high_when):
        wishes.append(Priority.HIGH)
    if any(fields.get(name) is True for name in topic.urgent_when):
        wishes.append(Priority.URGENT)
    return highest(wishes)


def highest(priorities: list[Priority]) -> Priority:
    return min(priorities, key=rank)


def rank(priority: Priority) -> int:
    """0 for urgent … 3 for low."""
    return list(Priority).index(Priority(priority))


def raised(priority: Priority) -> Priority:
    """One step more pressing; nothing is more pressing than urgent."""
    return list(Priority)[max(rank(priority) - 1, 0)]


def due(created_at: datetime, priority: Priority, sla_hours: Mapping[str, float]) -> datetime:
    """When a case should be settled, by the operator's SLA."""
    return created_at + timedelta(hours=sla_hours[priority])


def may_go(now: CaseState, to: CaseState) -> bool:
    return to in TRANSITIONS[now]


def is_theirs(case: Belongs, conversation_id: str, user_ref: str | None) -> bool:
    """Whether a case was opened in this conversation, or by the user the host page vouches for there."""
    return case.conversation_id == conversation_id or (user_ref is not None and case.user_ref == user_ref)


def needs_gentle_words(skill_group: str, reasons: Iterable[str | None]) -> bool:
    """Whether a life was at risk: by what the case is about, or by why a person was asked for."""
    return skill_group == CRISIS_CARE or CRISIS in reasons


def case_number(day: date, serial: int) -> str:
    """`KF` + 8-digit date + 6 digits; the serial is random so that numbers tell nothing of each other."""
    return f"KF{day:%Y%m%d}{serial:06d}"
