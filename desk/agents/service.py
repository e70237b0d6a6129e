"""Signing in, duty, presence."""

import asyncio
from datetime import timedelta
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from desk.agents import repository
from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.clock import now
from desk.database import Database, Work
from desk.errors import LoginFailed
from desk.ids import new_id
from desk.news import QueueChanged

_hasher = PasswordHasher()
_SEEN_EVERY = timedelta(seconds=20)


@lru_cache
def _nobody() -> str:
    """Compared against when the login is unknown, so that both answers take the same time."""
    return _hasher.hash("nobody has this password")


async def add_agent(work: Work, login: str, name: str, password: str, role: Role, skill_groups: list[str]) -> Agent:
    """A new agent, off duty."""
    agent = Agent(
        id=new_id("a"),
        login=login,
        name=name,
        password_hash=_hasher.hash(password),
        role=role,
        skill_groups=skill_groups,
        on_duty=False,
        active=True,
    )
    work.session.add(agent)
    await work.session.flush()
    return agent


async def sign_in(database: Database, login: str, password: str) -> Agent:
    """The agent with this login and password; LoginFailed, whichever of the two is wrong."""
    async with database.read() as session:
        agent = await repository.by_login(session, login)
    # Slow on purpose, so beside the event loop and outside every transaction.
    fits = await asyncio.to_thread(_fits, agent.password_hash if agent else None, password)
    if agent is None or not agent.active or not fits:
        raise LoginFailed()
    async with database.write() as work:
        await mark_seen(work, agent.id)
    return agent


def _fits(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def set_duty(work: Work, agent_id: str, on_duty: bool) -> Agent:
    agent = await repository.find(work.session, agent_id)
    assert agent is not None  # the session that asks belongs to this agent
    agent.on_duty, agent.seen_at = on_duty, now()
    work.tell(QueueChanged())
    return agent


def is_stale(agent: Agent) -> bool:
    """Whether the agent's last sign of life is old enough to be written anew."""
    return agent.seen_at is None or now() - agent.seen_at > _SEEN_EVERY


async def mark_seen(work: Work, agent_id: str) -> None:
    agent = await repository.find(work.session, agent_id)
    if agent:
        agent.seen_at = now()


def agent_view(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.id,
        "login": agent.login,
        "name": agent.name,
        "role": agent.role,
        "skill_groups": agent.skill_groups,
        "on_duty": agent.on_duty,
    }
