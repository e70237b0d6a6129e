"""Every query about tries and proofs of ownership."""

from datetime import datetime

from sqlalchemy import case, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from desk.accounts.models import OwnershipProof, OwnershipTry
from desk.accounts.rules import Tries


async def failed_tries(
    session: AsyncSession, conversation_id: str, target: str, address: str, since: datetime
) -> Tries:
    """How often each of the three failed since then."""

    def hits(condition: object) -> object:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)  # type: ignore[arg-type]

    in_conversation = OwnershipTry.conversation_id == conversation_id
    on_target = OwnershipTry.target == target
    from_address = OwnershipTry.address == address
    query = select(hits(in_conversation), hits(on_target), hits(from_address)).where(  # type: ignore[call-overload]
        OwnershipTry.at > since, ~OwnershipTry.succeeded, or_(in_conversation, on_target, from_address)
    )
    row = (await session.execute(query)).one()
    return Tries(int(row[0]), int(row[1]), int(row[2]))


async def oldest_failed_try(
    session: AsyncSession, conversation_id: str, target: str, since: datetime
) -> datetime | None:
    mine = or_(OwnershipTry.conversation_id == conversation_id, OwnershipTry.target == target)
    query = select(func.min(OwnershipTry.at)).where(mine, OwnershipTry.at > since, ~OwnershipTry.succeeded)
    return await session.scalar(query)


async def try_of_key(session: AsyncSession, key: str) -> OwnershipTry | None:
    return await session.scalar(select(OwnershipTry).where(OwnershipTry.key == key))


async def is_proved(session: AsyncSession, conversation_id: str, target: str) -> bool:
    return await session.get(OwnershipProof, (conversation_id, target)) is not None


async def prove(session: AsyncSession, conversation_id: str, target: str, at: datetime) -> None:
    await session.merge(OwnershipProof(conversation_id=conversation_id, target=target, at=at))


async def serialise(session: AsyncSession, shared: str) -> None:
    """Let tries that share an address or a target wait for one another (SQLite's single writer does so anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:shared, 0))"), {"shared": shared})
