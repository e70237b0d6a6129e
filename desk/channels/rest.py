"""Rasa's REST channel: a key opens it, conversation ids are the key holder's own, it answers when the turn is done."""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import Field
from sqlalchemy.exc import IntegrityError

from desk.channels import intake
from desk.channels.http import Storable, bearer, parts_of
from desk.conversations import repository
from desk.conversations import service as conversations
from desk.conversations.enums import TurnState
from desk.conversations.models import Conversation, Message
from desk.errors import ChannelOff, KeyWrong, TokenInvalid
from desk.parts import Parts
from desk.words import pick_locale

router = APIRouter(prefix="/webhooks/rest", tags=["rasa rest channel"])
_LOOK_EVERY = 0.05
# How Rasa's channel names what is not text.
_REST_KEYS = {"image": "image", "video": "attachment", "file": "attachment"}


class RestMessage(Storable):
    """Rasa's own shape; fields we do not know are ignored, as Rasa does."""

    sender: str = Field(min_length=1, max_length=200)
    message: str
    message_id: str | None = Field(None, max_length=64)
    metadata: dict[str, Any] | None = None


@router.get("/")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.post("/webhook")
async def webhook(request: Request, sent: RestMessage, stream: bool = False) -> Response:
    """Answer a message with what was said since the last one, and with the bot's replies unless a person answers."""
    parts = parts_of(request)
    scope = _scope(parts, request)
    locale = pick_locale((sent.metadata or {}).get("locale"), request.headers.get("accept-language"))
    conversation_id = await _conversation(parts, scope, sent.sender, locale)
    draft = await intake.as_draft(parts, conversation_id, sent.message, sent.message_id or None)
    message, _ = await intake.take_in(parts, conversation_id, draft)
    desk = parts.settings.public_url or str(request.base_url).rstrip("/")
    replies = _replies(parts, message, sent.sender, desk)
    if stream:
        lines = (json.dumps(reply, ensure_ascii=False) + "\n" async for reply in replies)
        return StreamingResponse(lines, media_type="application/x-ndjson")
    return JSONResponse([reply async for reply in replies])


def _scope(parts: Parts, request: Request) -> str:
    """Names the key's holder; refuses a wrong key, and everyone while no key is configured."""
    key = parts.settings.rest_channel_key
    if key is None:
        raise ChannelOff()
    try:
        given = bearer(request)
    except TokenInvalid:
        raise KeyWrong() from None
    if not hmac.compare_digest(given.encode(), key.encode()):
        raise KeyWrong()
    return hashlib.sha256(key.encode()).hexdigest()[:16]


async def _conversation(parts: Parts, scope: str, sender: str, locale: str) -> str:
    ref = f"rest:{scope}:{sender}"
    known = await _find(parts, ref)
    if known is None:
        # Of a sender's first messages that come at once, one opens the conversation and the others find it.
        with contextlib.suppress(IntegrityError):
            await _open(parts, ref, locale)
        known = await _find(parts, ref)
    assert known is not None  # opened just now, by us or by another
    return known.id


async def _find(parts: Parts, ref: str) -> Conversation | None:
    async with parts.database.read() as session:
        return await repository.find_external(session, ref)


async def _open(parts: Parts, ref: str, locale: str) -> None:
    async with parts.database.write() as work:
        # A key holder speaks for many users, so limits by address count each sender for itself.
        await conversations.open_conversation(
            work, locale=locale, channel="rest", address=parts.hashed(ref), external_ref=ref
        )


async def _replies(parts: Parts, message: Message, sender: str, desk: str) -> AsyncIterator[dict[str, Any]]:
    """What else was said since the last message; then all of the message's turn, each line as soon as it is stored."""
    async with parts.database.read() as session:
        meanwhile = await repository.said_meanwhile(session, message)
    for line in meanwhile:
        for view in rest_views(parts, line, sender, desk):
            yield view
    seen = 0
    while True:
        async with parts.database.read() as session:
            turn = await repository.turn_of_message(session, message.id)
            if turn is None:
                return
            said = await repository.messages_of_turn(session, turn.id)
        for reply in said:
            if reply.seq > seen:
                seen = reply.seq
                for view in rest_views(parts, reply, sender, desk):
                    yield view
        if turn.state in (TurnState.DONE, TurnState.DROPPED):
            return
        await asyncio.sleep(_LOOK_EVERY)


def rest_views(parts: Parts, message: Message, recipient: str, desk: str) -> list[dict[str, Any]]:
    """A message in the shape of Rasa's REST channel, then each of its attachments as a link that opens for an hour."""
    said = [_rest_view(message, recipient)] if message.text or message.buttons or message.card else []
    attached = [
        {"recipient_id": recipient, _REST_KEYS[each["kind"]]: desk + parts.ticketed(each["id"])}
        for each in message.attachments
    ]
    return said + attached


def _rest_view(message: Message, recipient: str) -> dict[str, Any]:
    view: dict[str, Any] = {"recipient_id": recipient}
    if message.text:
        view["text"] = message.text
    if message.buttons:
        view["buttons"] = message.buttons
    if message.card:
        view["custom"] = message.card
    return view
