"""Pure decisions about agents."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from desk.agents.enums import Role


class Agent(Protocol):
    """What these decisions look at."""

    role: Role
    skill_groups: list[str]
    active: bool
    on_duty: bool
    seen_at: datetime | None


SEEN_WITHIN = timedelta(seconds=90)


def serves(agent: Agent, skill_group: str) -> bool:
    """Whether conversations of this skill group are the agent's business; a supervisor sees all."""
    return agent.role == Role.SUPERVISOR or skill_group in agent.skill_groups


def is_present(agent: Agent, now: datetime) -> bool:
    """On duty, and the console was open a moment ago."""
    return agent.active and agent.on_duty and agent.seen_at is not None and now - agent.seen_at <= SEEN_WITHIN


def anyone_present(agents: Iterable[Agent], skill_group: str, now: datetime) -> bool:
    return any(is_present(agent, now) and serves(agent, skill_group) for agent in agents)
