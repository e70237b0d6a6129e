"""Every query about handoffs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents.models import Agent
from desk.cases.models import Csat
from desk.conversations.models import Conversation, Turn
from desk.conversations.repository import UNFINISHED
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff


def _glance() -> Select[Any]:
    mine = Csat.conversation_id == Conversation.id
    asked = select(Csat.case_number).where(mine, Csat.score.is_(None)).order_by(Csat.asked_at.desc()).limit(1)
    return select(
        Conversation.id,
        Conversation.owner,
        Conversation.epoch,
        Conversation.last_seq,
        select(Agent.name).where(Agent.id == Conversation.agent_id).scalar_subquery().label("agent_name"),
        exists().where(Turn.conversation_id == Conversation.id, Turn.state.in_(UNFINISHED)).label("unfinished"),
        asked.scalar_subquery().label("csat_asked"),
    ).where(Conversation.id == bindparam("id"))


# Made once, and no more than is told: it is asked after every commit.
_GLANCE = _glance()


async def glance(session: AsyncSession, conversation_id: str) -> Row[Any] | None:
    """Whose a conversation is and what is open in it: an unfinished turn, the newest CSAT request not answered."""
    return (await session.execute(_GLANCE, {"id": conversation_id})).one_or_none()


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
