"""Rasa's own socket.io protocol, so that clients written for Rasa work unchanged."""

import logging
import re
from typing import Any

from desk.channels import intake
from desk.channels.http import can_be_stored, refusal_view
from desk.channels.line import Line
from desk.errors import Failed, InvalidField, Refusal
from desk.words import pick_locale

log = logging.getLogger(__name__)


class RasaNamespace(Line):
    """`session_request` → `session_confirm`, `user_uttered` → `bot_uttered`.

    Stock Rasa lets a client join any room it names. Here the session id is a signed token: anything
    else is answered with a fresh one, and opens nothing.
    """

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        client = environ.get("asgi.scope", {}).get("client") or ("unknown", 0)
        locale = pick_locale(environ.get("HTTP_ACCEPT_LANGUAGE"))
        await self.save_session(sid, {"address": self._parts.hashed(client[0]), "locale": locale, "conversation": None})

    async def on_session_request(self, sid: str, request: Any = None) -> None:
        asked = request.get("session_id") if isinstance(request, dict) else None
        try:
            token = await self._begin(sid, asked if isinstance(asked, str) else None)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
            return
        await self.emit("session_confirm", token, room=sid)

    async def on_user_uttered(self, sid: str, sent: Any = None) -> None:
        session = await self.get_session(sid)
        try:
            if not isinstance(sent, dict) or not isinstance(sent.get("message"), str):
                raise InvalidField(field="message")
            named = await self._named(sent.get("session_id"))
            if named:
                await self._join(sid, named)
            elif session["conversation"] is None:
                await self._begin(sid, None)
            conversation_id = named or (await self.get_session(sid))["conversation"]
            draft = await intake.as_draft(self._parts, conversation_id, sent["message"], _client_id(sent))
            await intake.take_in(self._parts, conversation_id, draft)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
        except Exception:
            log.exception("a message could not be stored")
            await self._refuse(sid, Failed())

    async def _named(self, token: Any) -> str | None:
        conversation = await intake.conversation_of(self._parts, token) if isinstance(token, str) else None
        return conversation.id if conversation else None

    async def _begin(self, sid: str, token: str | None) -> str:
        session = await self.get_session(sid)
        visitor = intake.Visitor(session["locale"], session["address"])
        conversation = await intake.begin(self._parts, visitor, "socketio", token)
        await self._join(sid, conversation.id)
        return self._parts.session_token(conversation.id)[0]

    async def _join(self, sid: str, conversation_id: str) -> None:
        session = await self.get_session(sid)
        if session["conversation"] == conversation_id:
            return
        if session["conversation"]:
            await self.leave_room(sid, f"conversation:{session['conversation']}")
        await self.save_session(sid, {**session, "conversation": conversation_id})
        await self.enter_room(sid, f"conversation:{conversation_id}")

    async def _refuse(self, sid: str, refusal: Refusal) -> None:
        """These clients know one event only, so a refusal is said as a reply."""
        session = await self.get_session(sid)
        await self.emit("bot_uttered", {"text": refusal_view(refusal, session["locale"])["message"]}, room=sid)


def _client_id(sent: dict[str, Any]) -> str | None:
    metadata = sent.get("metadata") or sent.get("customData") or {}
    client_id = metadata.get("client_id") if isinstance(metadata, dict) else None
    usable = isinstance(client_id, str) and 0 < len(client_id) <= 64 and can_be_stored(client_id)
    return client_id if usable else None


def rasa_events(message: dict[str, Any]) -> list[dict[str, Any]]:
    """A transcript line as `bot_uttered` events: one for each part between blank lines, buttons on the last.

    No extra top-level key: rasa-webchat breaks on one.
    """
    if message["author"] == "user":
        return []
    parts = [part for part in re.split(r"\n\s*\n", message["text"]) if part.strip()]
    events: list[dict[str, Any]] = [{"text": part} for part in parts]
    if message["buttons"]:
        replies = [{"content_type": "text", **button} for button in message["buttons"]]
        events = events or [{"text": ""}]
        events[-1]["quick_replies"] = replies
    return events
