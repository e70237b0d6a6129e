"""What all user channels share: beginning a conversation and taking in a message."""

from dataclasses import dataclass
from typing import Any

from desk.channels.http import can_be_stored
from desk.conversations import repository
from desk.conversations import service as conversations
from desk.conversations.models import Conversation, Message
from desk.conversations.rules import PAYLOAD_LIMIT
from desk.conversations.service import Draft
from desk.database import Work
from desk.delivery import service as delivery
from desk.errors import TokenExpired, TokenInvalid
from desk.handoffs import service as handoffs
from desk.handoffs.state import user_state
from desk.parts import SESSION, Parts
from desk.tokens import Identity


@dataclass(frozen=True)
class Visitor:
    """Who asks for a session: a language, a hashed address, perhaps someone the host page vouches for."""

    locale: str
    address: str
    identity: Identity | None = None


async def begin(parts: Parts, visitor: Visitor, channel: str, token: str | None) -> Conversation:
    """The conversation of a valid token, else of the vouched-for user, else a new one."""
    known = await conversation_of(parts, token) if token else None
    if known and _fits(known, visitor.identity):
        if visitor.identity is None:
            return known
        async with parts.database.write() as work:
            return await _vouch(work, known.id, visitor.identity)
    await parts.limiter.hit("session", visitor.address, parts.settings.sessions_per_minute)
    async with parts.database.write() as work:
        if visitor.identity:
            earlier = await repository.latest_of_user(work.session, visitor.identity.user_ref, channel)
            if earlier:
                return await _vouch(work, earlier.id, visitor.identity)
        return await conversations.open_conversation(
            work,
            locale=visitor.locale,
            channel=channel,
            address=visitor.address,
            user_ref=visitor.identity.user_ref if visitor.identity else None,
            vouched_accounts=visitor.identity.accounts if visitor.identity else (),
        )


def _fits(conversation: Conversation, identity: Identity | None) -> bool:
    """A shared device: the next person signed in to the host page does not get the last one's conversation."""
    if identity is None:
        return True
    return conversation.user_ref in (None, identity.user_ref)


async def _vouch(work: Work, conversation_id: str, identity: Identity) -> Conversation:
    """The host page's newest word counts."""
    held = await conversations.hold(work, conversation_id)
    held.user_ref, held.vouched_accounts = identity.user_ref, list(identity.accounts)
    return held


async def conversation_of(parts: Parts, token: str) -> Conversation | None:
    """The conversation a token is bound to; None when the token opens nothing."""
    try:
        conversation_id = parts.tokens.read(SESSION, token)
    except (TokenInvalid, TokenExpired):
        return None
    async with parts.database.read() as session:
        return await repository.find(session, conversation_id)


async def take_in(parts: Parts, conversation_id: str, draft: Draft) -> tuple[Message, bool]:
    """Store a user's message within the limits; when this returns it is on disk."""
    await parts.limiter.hit("message", conversation_id, parts.settings.messages_per_minute)
    with parts.worker.promising() as lease:
        async with parts.database.write() as work:
            posted = await conversations.post_user_message(work, conversation_id, draft, parts.settings.openings, lease)
            if posted.is_new and posted.message.attachments:
                await handoffs.file_sent(work, posted.message)
        if taken := delivery.taken_at_once(posted):
            parts.worker.run(taken)
    return posted.message, posted.is_new


async def read_state(parts: Parts, conversation_id: str) -> dict[str, Any]:
    async with parts.database.glance() as session:
        return await user_state(session, parts.facts, conversation_id)


async def read_messages(parts: Parts, conversation_id: str, after: int) -> list[Message]:
    async with parts.database.read() as session:
        return list(await repository.messages_after(session, conversation_id, after))


async def note_delivery(parts: Parts, conversation_id: str, seq: int) -> None:
    async with parts.database.write() as work:
        await repository.note_delivery(work.session, conversation_id, seq)


async def as_draft(parts: Parts, conversation_id: str, text: str, client_id: str | None) -> Draft:
    """Rasa's own clients send a button's payload as text: it is one if the bot offered it here."""
    offered = None
    if len(text) <= PAYLOAD_LIMIT and can_be_stored(text):
        async with parts.database.read() as session:
            offered = await repository.offered_title(session, conversation_id, text)
    if offered is not None or text in parts.settings.openings:
        return Draft(client_id, payload=text)
    return Draft(client_id, text=text)
