"""Pure decisions about agents."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from desk.agents.enums import Role
from desk.agents.rules import anyone_present, is_present, serves

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Someone:
    role: Role = Role.AGENT
    skill_groups: list[str] = field(default_factory=lambda: ["general"])
    active: bool = True
    on_duty: bool = True
    seen_at: datetime | None = NOON


@pytest.mark.parametrize(
    "absent",
    [
        Someone(active=False),
        Someone(on_duty=False),
        Someone(seen_at=None),
        Someone(seen_at=NOON - timedelta(seconds=91)),
    ],
)
def test_nobody_is_present_who_left_or_closed_the_console(absent):
    assert not is_present(absent, NOON)
    assert not anyone_present([absent], "general", NOON)


def test_an_agent_with_an_open_console_is_present():
    assert is_present(Someone(seen_at=NOON - timedelta(seconds=90)), NOON)


def test_an_agent_serves_only_their_skill_groups_and_a_supervisor_all():
    assert serves(Someone(), "general") and not serves(Someone(), "payment")
    assert serves(Someone(role=Role.SUPERVISOR), "payment")
    assert not serves(Someone(role=Role.DESIGNER), "payment")


def test_someone_of_another_skill_group_helps_nobody_who_waits():
    assert not anyone_present([Someone()], "payment", NOON)
