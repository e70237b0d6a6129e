"""Rasa's own socket.io protocol, so that clients written for Rasa work unchanged."""

import logging
import re
import time
from typing import Any

from desk.channels import intake
from desk.channels.http import can_be_stored, refusal_view
from desk.channels.line import Line
from desk.channels.resends import Resends
from desk.errors import Failed, InvalidField, Refusal, TokenExpired, TokenInvalid
from desk.parts import SESSION
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
            conversation_id = await self._begin(sid, asked if isinstance(asked, str) else None)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
            return
        await self._confirm(sid, conversation_id)

    async def on_user_uttered(self, sid: str, sent: Any = None) -> None:
        try:
            if not isinstance(sent, dict) or not isinstance(sent.get("message"), str):
                raise InvalidField(field="message")
            conversation_id = await self._conversation(sid, sent.get("session_id"))
            client_id = _client_id(sent) or await self._early_id(sid, sent)
            draft = await intake.as_draft(self._parts, conversation_id, sent["message"], client_id)
            await intake.take_in(self._parts, conversation_id, draft)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
        except Exception:
            log.exception("a message could not be stored")
            await self._refuse(sid, Failed())

    async def _conversation(self, sid: str, token: Any) -> str:
        """The one that the message names, else the connection's, else a new one."""
        named = await intake.conversation_of(self._parts, token) if isinstance(token, str) else None
        if named:
            await self._join(sid, named.id)
            return named.id
        known: str | None = (await self.get_session(sid))["conversation"]
        return known or await self._begin(sid, None)

    async def _begin(self, sid: str, token: str | None) -> str:
        session = await self.get_session(sid)
        visitor = intake.Visitor(session["locale"], session["address"])
        conversation = await intake.begin(self._parts, visitor, "socketio", token)
        await self._join(sid, conversation.id)
        return conversation.id

    async def _join(self, sid: str, conversation_id: str) -> None:
        session = await self.get_session(sid)
        if session["conversation"] == conversation_id:
            return
        if session["conversation"]:
            await self.leave_room(sid, f"conversation:{session['conversation']}")
        await self.save_session(sid, {**session, "conversation": conversation_id})
        await self.enter_room(sid, f"conversation:{conversation_id}")

    async def _confirm(self, sid: str, conversation_id: str) -> None:
        token, _ = self._parts.session_token(conversation_id)
        session = await self.get_session(sid)
        await self.save_session(sid, {**session, "resends": Resends(token, time.monotonic())})
        await self.emit("session_confirm", token, room=sid)

    async def _early_id(self, sid: str, sent: dict[str, Any]) -> str | None:
        """Of a text that was typed before the session was confirmed, and may come again."""
        resends: Resends | None = (await self.get_session(sid)).get("resends")
        named = sent.get("session_id") or ""
        if resends is None or not isinstance(named, str) or not (named == "" or self._is_ours(named)):
            return None  # who goes on naming an id of their own resends nothing
        return resends.id_of(named, sent["message"], time.monotonic())

    def _is_ours(self, token: str) -> bool:
        """Whether we issued it, be it valid still or not."""
        try:
            self._parts.tokens.read(SESSION, token)
        except TokenInvalid:
            return False
        except TokenExpired:
            pass
        return True

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
