"""Opening conversations, writing transcripts, and queueing what the bot has to answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.attachments import service as attachment_service
from desk.attachments.views import attachment_view, bot_view
from desk.clock import now
from desk.conversations import repository
from desk.conversations.enums import Author, Kind, Owner, TurnState
from desk.conversations.models import Conversation, Message, Turn
from desk.conversations.rules import PAYLOAD_LIMIT, checked_words
from desk.conversations.views import message_view
from desk.database import Work
from desk.errors import InvalidField, NotFound, PayloadNotOffered
from desk.ids import new_id
from desk.masking import mask_secrets
from desk.news import MessageStored, StateChanged, TurnEnded, TurnQueued
from desk.words import say


@dataclass(frozen=True)
class Lease:
    """A process's right to run a turn, which others respect until it runs out."""

    name: str
    until: datetime


@dataclass(frozen=True)
class Posted:
    """A user's message as it is stored, and the turn that answers it; a resend has neither turn nor effect."""

    message: Message
    is_new: bool
    conversation: Conversation
    turn: Turn | None = None
    tracker: dict[str, Any] | None = None  # what the bot remembers


@dataclass(frozen=True)
class Draft:
    """What a user sends: typed text, attachments or both; or the payload of a button."""

    client_id: str | None
    text: str | None = None
    payload: str | None = None
    attachments: Sequence[str] = ()


async def open_conversation(
    work: Work,
    *,
    locale: str,
    channel: str,
    address: str,
    user_ref: str | None = None,
    vouched_accounts: Sequence[str] = (),
    external_ref: str | None = None,
) -> Conversation:
    """Begin a conversation with the bot."""
    moment = now()
    conversation = Conversation(
        id=new_id("c"),
        locale=locale,
        channel=channel,
        address=address,
        user_ref=user_ref,
        vouched_accounts=list(vouched_accounts),
        external_ref=external_ref,
        owner=Owner.BOT,
        epoch=1,
        last_seq=0,
        created_at=moment,
        updated_at=moment,
    )
    work.session.add(conversation)
    await work.session.flush()
    return conversation


async def hold(work: Work, conversation_id: str) -> Conversation:
    """The conversation, locked until the transaction ends; NotFound if there is none."""
    conversation = await repository.lock(work.session, conversation_id)
    if conversation is None:
        raise NotFound()
    return conversation


async def append(work: Work, conversation: Conversation, author: Author, **content: Any) -> Message:
    """Add the next line to the transcript of a conversation that is held."""
    conversation.last_seq += 1
    conversation.updated_at = now()
    message = Message(
        id=new_id("m"),
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        author=author,
        created_at=conversation.updated_at,
        **{"kind": Kind.TEXT, "text": "", "buttons": [], "attachments": [], **content},
    )
    await repository.insert(work.session, message)
    work.tell(MessageStored(conversation.id, message_view(message), conversation.owner, conversation.served_by))
    return message


async def notice(
    work: Work, conversation: Conversation, code: str, turn_id: int | None = None, **values: Any
) -> Message:
    """Tell the user what happens to the conversation, in their language."""
    text = say(conversation.locale, f"notice-{code}", **values)
    return await append(work, conversation, Author.SYSTEM, kind=Kind.NOTICE, code=code, text=text, turn_id=turn_id)


def _none() -> None:
    """Nobody here runs turns: they wait for who looks for them."""


async def post_user_message(
    work: Work, conversation_id: str, draft: Draft, openings: Sequence[str], lease: Callable[[], Lease | None] = _none
) -> Posted:
    """Store what a user sent and queue the bot's turn for it, to be run under a lease if one is given and it is next.

    It is asked for when the row is about to be written: one taken before the wait for the database could have run out.

    A resend (same client id) gives the message that is already there.
    """
    conversation = await hold(work, conversation_id)
    before = await repository.before_message(work.session, conversation_id, draft.client_id)
    if before.resent_id:
        return Posted(await _sent_before(work, before.resent_id), False, conversation)
    sent = await attachment_service.unsent(work, conversation_id, draft.attachments)
    content, masked = await _content(work, conversation, draft, openings)
    content["attachments"] = [attachment_view(each) for each in sent]
    message = await append(work, conversation, Author.USER, client_id=draft.client_id, **content)
    attachment_service.send_with(message.id, sent)
    turn = None
    if conversation.owner == Owner.BOT:
        now_or_later = None if before.is_owed_an_answer else lease()  # one at a time, in order
        turn = await _queue_answer(work, conversation, message, [bot_view(each) for each in sent], now_or_later)
    if masked:
        await notice(work, conversation, "private_data_masked", turn.id if turn else None)
    return Posted(message, True, conversation, turn, before.tracker)


async def _sent_before(work: Work, message_id: str) -> Message:
    known = await work.session.get_one(Message, message_id)
    if known.author != Author.USER:
        raise InvalidField(field="client_id")  # somebody else's; a resend it is not
    return known


async def _queue_answer(
    work: Work, conversation: Conversation, message: Message, attached: list[dict[str, Any]], lease: Lease | None
) -> Turn:
    text = None if message.payload else message.text or None
    return await queue_turn(
        work, conversation, message.id, text=text, payload=message.payload, attachments=attached, lease=lease
    )


async def _content(
    work: Work, conversation: Conversation, draft: Draft, openings: Sequence[str]
) -> tuple[dict[str, Any], bool]:
    if draft.payload is None:
        typed = checked_words(draft.text, alone=not draft.attachments)
        text = mask_secrets(typed)
        return {"text": text}, text != typed
    # No key of the table can be longer, nor hold NUL: such a payload was never offered.
    if len(draft.payload) > PAYLOAD_LIMIT or "\x00" in draft.payload:
        raise PayloadNotOffered()
    title = await repository.offered_title(work.session, conversation.id, draft.payload)
    if title is not None:
        return {"text": title, "payload": draft.payload}, False
    if draft.payload in openings:
        return {"kind": Kind.OPENING, "text": "", "payload": draft.payload}, False
    raise PayloadNotOffered()


async def queue_turn(
    work: Work,
    conversation: Conversation,
    message_id: str,
    text: str | None = None,
    payload: str | None = None,
    attachments: Sequence[dict[str, Any]] = (),
    lease: Lease | None = None,
) -> Turn:
    """Ask the bot for an answer, after all it still owes this conversation; under a lease it is being run already."""
    moment = now()
    turn = Turn(
        state=TurnState.RUNNING if lease else TurnState.PENDING,
        attempts=1 if lease else 0,
        lease=lease.name if lease else None,
        lease_until=lease.until if lease else None,
        conversation_id=conversation.id,
        message_id=message_id,
        text=text,
        payload=payload,
        attachments=list(attachments),
        created_at=moment,
        next_try_at=moment,
    )
    turn.id = await repository.insert(work.session, turn)
    if lease is None:
        work.tell(TurnQueued())
    work.tell(StateChanged(conversation.id))
    return turn


async def change_owner(work: Work, conversation: Conversation, owner: Owner, agent_id: str | None = None) -> None:
    """Give the conversation to someone else: a new epoch begins and unfinished turns are dropped."""
    conversation.owner = owner
    conversation.agent_id = agent_id
    conversation.served_by = agent_id or conversation.served_by
    conversation.epoch += 1
    for turn_id in await repository.drop_turns(work.session, conversation.id, now()):
        work.tell(TurnEnded(turn_id))
    work.tell(StateChanged(conversation.id))
