"""The taxonomy's topics: labels, category, priority and skill group of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from desk.cases.enums import Priority


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
    known = name if name and name in topics() else "general"
    return known, topics()[known]
