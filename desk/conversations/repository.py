"""Every query about conversations, messages and turns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Integer, Row, Select, Table, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from desk.conversations.enums import Author, Owner, TurnState
from desk.conversations.models import Conversation, Message, OfferedPayload, Turn
from desk.database import Moment

UNFINISHED = (TurnState.PENDING, TurnState.RUNNING)


def _due() -> Select[Turn, Conversation]:
    earlier, now = aliased(Turn), bindparam("now", type_=Moment)
    is_first = ~exists().where(
        earlier.conversation_id == Turn.conversation_id, earlier.id < Turn.id, earlier.state.in_(UNFINISHED)
    )
    is_free = or_(
        (Turn.state == TurnState.PENDING) & (Turn.next_try_at <= now),
        (Turn.state == TurnState.RUNNING) & (Turn.lease_until < now),
    )
    query = select(Turn, Conversation).join(Conversation).where(is_free, is_first).order_by(Turn.id)
    return query.limit(bindparam("most", type_=Integer)).with_for_update(of=Turn, skip_locked=True)


def _offer(insert: Any) -> Any:
    """Insert, or else update: both databases know the same words for it, and SQLAlchemy a class for each."""
    new = insert(OfferedPayload.__table__)
    return new.on_conflict_do_update(index_elements=["conversation_id", "payload"], set_={"title": new.excluded.title})


# The statements of every turn, made once: to put such a query together takes longer than to run it.
_DUE = _due()
_MESSAGES, _TURNS = cast("Table", Message.__table__), cast("Table", Turn.__table__)
_INSERT = {Message: _MESSAGES.insert(), Turn: _TURNS.insert()}
_END = (
    _TURNS.update()
    .where(
        _TURNS.c.id == bindparam("turn"),
        _TURNS.c.state == TurnState.RUNNING,
        _TURNS.c.lease == bindparam("with_lease"),
    )
    .values(state=TurnState.DONE, ended_at=bindparam("moment", type_=Moment), last_problem=None)
)
_BEFORE = select(
    Conversation.tracker,
    exists().where(Turn.conversation_id == Conversation.id, Turn.state.in_(UNFINISHED)).label("is_owed_an_answer"),
    select(Message.id)
    .where(Message.conversation_id == Conversation.id, Message.client_id == bindparam("client_id"))
    .scalar_subquery()
    .label("resent_id"),
).where(Conversation.id == bindparam("id"))
_FOUND = select(Conversation).where(Conversation.id == bindparam("id"))
_HELD = (
    _FOUND.with_for_update(key_share=True)
    .execution_options(populate_existing=True)
    .options(defer(Conversation.tracker, raiseload=True))  # only the bot reads it
)
_OFFER = {"sqlite": _offer(sqlite.insert), "postgresql": _offer(postgresql.insert)}
_KNOWN = select(Message).where(
    Message.conversation_id == bindparam("conversation_id"), Message.client_id == bindparam("client_id")
)


async def insert(session: AsyncSession, row: Message | Turn) -> Any:
    """Write a new row, and give its primary key. Kept out of the session, it costs a third."""
    if session.new:  # what it refers to goes before it
        await session.flush()
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    result = cast("CursorResult[Any]", await session.execute(_INSERT[type(row)], values))
    return result.inserted_primary_key[0]  # type: ignore[index]


async def find(session: AsyncSession, conversation_id: str) -> Conversation | None:
    return await session.scalar(_FOUND, {"id": conversation_id})


async def find_external(session: AsyncSession, ref: str) -> Conversation | None:
    return await session.scalar(select(Conversation).where(Conversation.external_ref == ref))


async def latest_of_user(session: AsyncSession, user_ref: str, channel: str) -> Conversation | None:
    query = select(Conversation).where(Conversation.user_ref == user_ref, Conversation.channel == channel)
    return await session.scalar(query.order_by(Conversation.updated_at.desc()).limit(1))


async def lock(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """The conversation, held until the transaction ends: all who write to it wait in line.

    Rows that only refer to it wait for nobody (key share): a case held by one would wait for a conversation
    held by another who waits for that case.
    """
    return await session.scalar(_HELD, {"id": conversation_id})


async def messages_after(session: AsyncSession, conversation_id: str, seq: int, limit: int = 500) -> Sequence[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq > seq)
    return (await session.scalars(query.order_by(Message.seq).limit(limit))).all()


async def note_delivery(session: AsyncSession, conversation_id: str, seq: int) -> None:
    """A client of Rasa's has every line up to this one; an older note never undoes a newer one."""
    behind = (Conversation.id == conversation_id) & (Conversation.delivered_seq < seq)
    await session.execute(update(Conversation).where(behind).values(delivered_seq=seq))


async def last_message(session: AsyncSession, conversation_id: str) -> Message | None:
    query = select(Message).where(Message.conversation_id == conversation_id)
    return await session.scalar(query.order_by(Message.seq.desc()).limit(1))


async def last_user_text(session: AsyncSession, conversation_id: str) -> str:
    query = select(Message.text).where(Message.conversation_id == conversation_id, Message.author == "user")
    typed = query.where(Message.kind == "text", Message.text != "")
    return await session.scalar(typed.order_by(Message.seq.desc()).limit(1)) or ""


async def messages_of_turn(session: AsyncSession, turn_id: int) -> Sequence[Message]:
    query = select(Message).where(Message.turn_id == turn_id, Message.author != "user")
    return (await session.scalars(query.order_by(Message.seq))).all()


async def said_meanwhile(session: AsyncSession, message: Message) -> Sequence[Message]:
    """What was said between a user's message and the one before it, but not as the answer to any of their messages."""
    asked = aliased(Message)
    mine = (asked.conversation_id == message.conversation_id) & (asked.author == Author.USER)
    previous = select(func.coalesce(func.max(asked.seq), 0)).where(mine, asked.seq < message.seq)
    is_answer = exists().where(Turn.id == Message.turn_id, Turn.message_id == asked.id, mine)
    query = select(Message).where(Message.conversation_id == message.conversation_id, ~is_answer)
    between = (Message.seq > previous.scalar_subquery()) & (Message.seq < message.seq)
    return (await session.scalars(query.where(between).order_by(Message.seq))).all()


async def by_client_id(session: AsyncSession, conversation_id: str, client_id: str) -> Message | None:
    return await session.scalar(_KNOWN, {"conversation_id": conversation_id, "client_id": client_id})


async def offered_title(session: AsyncSession, conversation_id: str, payload: str) -> str | None:
    found = await session.get(OfferedPayload, (conversation_id, payload))
    return found.title if found else None


async def offer(session: AsyncSession, conversation_id: str, titles: Mapping[str, str]) -> None:
    """Let these payloads be pressed; one that was offered before gets its newest title."""
    rows = [
        {"conversation_id": conversation_id, "payload": payload, "title": title} for payload, title in titles.items()
    ]
    await session.execute(_OFFER[session.get_bind().dialect.name], rows)


async def turn_of_message(session: AsyncSession, message_id: str) -> Turn | None:
    return await session.scalar(select(Turn).where(Turn.message_id == message_id))


async def before_message(session: AsyncSession, conversation_id: str, client_id: str | None) -> Row[Any]:
    """What a new message meets: the bot's tracker, an answer still owed, and itself if it is sent again."""
    return (await session.execute(_BEFORE, {"id": conversation_id, "client_id": client_id})).one()


async def end_turn(session: AsyncSession, turn_id: int, lease: str, moment: datetime) -> bool:
    """End a turn that runs under this lease; False when it does not."""
    mine = {"turn": turn_id, "with_lease": lease, "moment": moment}
    result = cast("CursorResult[Any]", await session.execute(_END, mine))
    return result.rowcount == 1


async def due_turns(session: AsyncSession, now: datetime, limit: int) -> Sequence[Row[Turn, Conversation]]:
    """Turns that may run: the first unfinished one of each conversation, waiting or left behind by a dead process."""
    return (await session.execute(_DUE, {"now": now, "most": limit})).all()


async def renew_leases(session: AsyncSession, leases: list[str], until: datetime) -> None:
    await session.execute(update(Turn).where(Turn.lease.in_(leases)).values(lease_until=until))


async def late_turns(session: AsyncSession, before: datetime, unnoticed: bool) -> Sequence[Turn]:
    """Unfinished turns of the bot that were asked for before `before`."""
    query = select(Turn).join(Conversation).where(Turn.state.in_(UNFINISHED), Turn.created_at < before)
    if unnoticed:
        query = query.where(Turn.noticed_at.is_(None))
    return (await session.scalars(query.where(Conversation.owner == Owner.BOT).order_by(Turn.id))).all()


async def drop_turns(session: AsyncSession, conversation_id: str, now: datetime) -> list[int]:
    """End all unfinished turns of a conversation: someone else answers now. Returns their ids."""
    mine = (Turn.conversation_id == conversation_id) & Turn.state.in_(UNFINISHED)
    ids = list((await session.scalars(select(Turn.id).where(mine))).all())
    if ids:
        ended: dict[str, Any] = {"state": TurnState.DROPPED, "ended_at": now}
        await session.execute(update(Turn).where(Turn.id.in_(ids)).values(**ended))
    return ids


async def unfinished_of(session: AsyncSession, conversation_id: str) -> Sequence[Turn]:
    mine = (Turn.conversation_id == conversation_id) & Turn.state.in_(UNFINISHED)
    return (await session.scalars(select(Turn).where(mine).order_by(Turn.id))).all()
