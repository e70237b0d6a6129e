"""Every query about cases, CSAT, ratings and remembered writes."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.attachments.models import Filed
from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent, Csat, RememberedWrite


async def find(session: AsyncSession, number: str) -> Case | None:
    return await session.get(Case, number)


async def lock(session: AsyncSession, number: str) -> Case | None:
    query = select(Case).where(Case.number == number)
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def of_conversation(session: AsyncSession, conversation_id: str, user_ref: str | None = None) -> Sequence[Case]:
    """Cases opened in this conversation, and those of the same vouched-for user; newest first."""
    mine = Case.conversation_id == conversation_id
    if user_ref:
        mine = or_(mine, Case.user_ref == user_ref)
    return (await session.scalars(select(Case).where(mine).order_by(Case.created_at.desc()).limit(20))).all()


async def of_phone(session: AsyncSession, phone: str) -> Sequence[Case]:
    query = select(Case).where(Case.contact_phone == phone).order_by(Case.created_at.desc())
    return (await session.scalars(query.limit(20))).all()


async def with_attachment(session: AsyncSession, attachment_id: str) -> Sequence[Case]:
    """The cases under which an attachment is filed."""
    query = select(Case).join(Filed, Filed.case_number == Case.number).where(Filed.attachment_id == attachment_id)
    return (await session.scalars(query)).all()


async def listed(
    session: AsyncSession, state: CaseState | None, agent_id: str, only_own: bool, skill_groups: Sequence[str] | None
) -> Sequence[Case]:
    """Newest first: the agent's own, and unless only those are wanted all of the skill groups (None: of every one)."""
    query = select(Case)
    if state:
        query = query.where(Case.state == state)
    if only_own:
        query = query.where(Case.agent_id == agent_id)
    elif skill_groups is not None:
        query = query.where(or_(Case.agent_id == agent_id, Case.skill_group.in_(skill_groups)))
    return (await session.scalars(query.order_by(Case.created_at.desc()).limit(200))).all()


async def events(session: AsyncSession, number: str) -> Sequence[CaseEvent]:
    query = select(CaseEvent).where(CaseEvent.case_number == number).order_by(CaseEvent.id)
    return (await session.scalars(query)).all()


async def last_event(session: AsyncSession, number: str) -> CaseEvent | None:
    query = select(CaseEvent).where(CaseEvent.case_number == number).order_by(CaseEvent.id.desc())
    return await session.scalar(query.limit(1))


async def csat(session: AsyncSession, number: str) -> Csat | None:
    return await session.get(Csat, number)


async def remembered(session: AsyncSession, key: str) -> RememberedWrite | None:
    return await session.get(RememberedWrite, key)
