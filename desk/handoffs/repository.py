"""Every query about handoffs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff


async def find(session: AsyncSession, handoff_id: str) -> Handoff | None:
    return await session.get(Handoff, handoff_id)


async def waiting(session: AsyncSession) -> Sequence[Handoff]:
    return (await session.scalars(select(Handoff).where(Handoff.state == HandoffState.WAITING))).all()


async def unresolved_of(session: AsyncSession, conversation_id: str) -> Handoff | None:
    query = select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.state != HandoffState.RESOLVED)
    return await session.scalar(query.execution_options(populate_existing=True))


async def latest_of(session: AsyncSession, conversation_id: str) -> Handoff | None:
    query = select(Handoff).where(Handoff.conversation_id == conversation_id)
    return await session.scalar(query.order_by(Handoff.waiting_since.desc()).limit(1))


async def assigned_to(session: AsyncSession, agent_id: str) -> Sequence[Handoff]:
    query = select(Handoff).where(Handoff.agent_id == agent_id, Handoff.state == HandoffState.ASSIGNED)
    return (await session.scalars(query.order_by(Handoff.assigned_at))).all()
