"""Every query about agents."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents.models import Agent


async def find(session: AsyncSession, agent_id: str) -> Agent | None:
    return await session.get(Agent, agent_id)


async def by_login(session: AsyncSession, login: str) -> Agent | None:
    return await session.scalar(select(Agent).where(Agent.login == login))


async def active(session: AsyncSession) -> Sequence[Agent]:
    return (await session.scalars(select(Agent).where(Agent.active))).all()


async def on_duty(session: AsyncSession) -> Sequence[Agent]:
    return (await session.scalars(select(Agent).where(Agent.active, Agent.on_duty))).all()
