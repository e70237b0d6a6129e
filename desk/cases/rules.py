"""Pure decisions about cases: what they are worth, when they are due, where they may go."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

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


def due(created_at: datetime, priority: Priority, sla_hours: Mapping[str, float]) -> datetime:
    """When a case should be settled, by the operator's SLA."""
    return created_at + timedelta(hours=sla_hours[priority])


def may_go(now: CaseState, to: CaseState) -> bool:
    return to in TRANSITIONS[now]


def case_number(day: date, serial: int) -> str:
    """`KF` + 8-digit date + 6 digits; the serial is random so that numbers tell nothing of each other."""
    return f"KF{day:%Y%m%d}{serial:06d}"
