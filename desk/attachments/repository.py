"""Every query about attachments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.attachments.models import Attachment, Filed


async def find(session: AsyncSession, attachment_id: str) -> Attachment | None:
    return await session.get(Attachment, attachment_id)


async def lock(session: AsyncSession, conversation_id: str, ids: Sequence[str]) -> Sequence[Attachment]:
    """Those of a conversation, held until the transaction ends, so that nobody sends or takes one back meanwhile."""
    query = select(Attachment).where(Attachment.conversation_id == conversation_id, Attachment.id.in_(ids))
    held = query.order_by(Attachment.id).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(held)).all()


async def file(session: AsyncSession, case_number: str, ids: Sequence[str]) -> int:
    """File them under a case that is held; returns how many were not filed there before."""
    there = select(Filed.attachment_id).where(Filed.case_number == case_number, Filed.attachment_id.in_(ids))
    known = set((await session.scalars(there)).all())
    fresh = [each for each in dict.fromkeys(ids) if each not in known]
    session.add_all(Filed(case_number=case_number, attachment_id=each) for each in fresh)
    await session.flush()
    return len(fresh)


async def of_case(session: AsyncSession, case_number: str) -> Sequence[Attachment]:
    """The material of a case, in the order in which it was uploaded."""
    query = select(Attachment).join(Filed).where(Filed.case_number == case_number)
    return (await session.scalars(query.order_by(Attachment.created_at, Attachment.id))).all()


async def bytes_of(session: AsyncSession, conversation_id: str) -> int:
    query = select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.conversation_id == conversation_id)
    return int(await session.scalar(query) or 0)


async def remove_unsent(session: AsyncSession, before: datetime) -> Sequence[str]:
    """Forget what was uploaded before `before` and never sent. Returns their ids."""
    old = (Attachment.message_id.is_(None)) & (Attachment.created_at < before)
    return (await session.scalars(delete(Attachment).where(old).returning(Attachment.id))).all()


async def known(session: AsyncSession, ids: Sequence[str]) -> set[str]:
    """Which of these ids have a row."""
    return set((await session.scalars(select(Attachment.id).where(Attachment.id.in_(ids)))).all())
