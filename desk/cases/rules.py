"""Pure decisions about cases: what they are worth, when they are due, where they may go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from desk.cases.models import CaseState, Priority

TRANSITIONS: Mapping[CaseState, tuple[CaseState, ...]] = {
    CaseState.NEW: (CaseState.OPEN,),
    CaseState.OPEN: (CaseState.WAITING, CaseState.RESOLVED),
    CaseState.WAITING: (CaseState.OPEN, CaseState.RESOLVED),
    CaseState.RESOLVED: (CaseState.CLOSED, CaseState.OPEN),
    CaseState.CLOSED: (CaseState.OPEN,),
}
UNSETTLED = (CaseState.NEW, CaseState.OPEN, CaseState.WAITING)


@dataclass(frozen=True)
class Topic:
    """What the taxonomy says of a topic."""

    zh: str
    en: str
    category: str
    priority: Priority
    skill_group: str
    high_when: tuple[str, ...] = ()
    urgent_when: tuple[str, ...] = ()

    def label(self, locale: str) -> str:
        return self.en if locale == "en" else self.zh


@lru_cache
def topics() -> Mapping[str, Topic]:
    """All topics by name, from `topics.yml`."""
    table = YAML(typ="safe").load((Path(__file__).parent / "topics.yml").read_text(encoding="utf-8"))
    return {name: _topic(row) for name, row in table.items()}


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(
        **{
            **row,
            "priority": Priority(row["priority"]),
            "high_when": tuple(row.get("high_when", ())),
            "urgent_when": tuple(row.get("urgent_when", ())),
        }
    )


def topic_of(name: str | None) -> tuple[str, Topic]:
    """The topic of that name, `general` when there is none."""
    known = name if name in topics() else "general"
    return known, topics()[known]


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
