"""Rasa's own socket.io protocol, so that clients written for Rasa work unchanged."""

import asyncio
import logging
import time
from functools import partial
from typing import Any

from desk.channels import intake
from desk.channels.http import can_be_stored, refusal_view
from desk.channels.line import Line
from desk.channels.listener import Listener
from desk.channels.receipts import Receipts
from desk.channels.resends import Resends
from desk.conversations.models import Conversation
from desk.errors import Failed, InvalidField, Refusal, TokenExpired, TokenInvalid
from desk.parts import SESSION, Parts
from desk.words import pick_locale

log = logging.getLogger(__name__)


class RasaNamespace(Line):
    """`session_request` → `session_confirm`, `user_uttered` → `bot_uttered`.

    Stock Rasa lets a client join any room it names. Here the session id is a signed token: anything
    else is answered with a fresh one, and opens nothing. A client that keeps no id can be given a token
    by its host page, for the handshake.
    """

    def __init__(self, namespace: str, parts: Parts) -> None:
        super().__init__(namespace, parts)
        self._listeners: dict[str, Listener] = {}
        self._reading: set[asyncio.Task[None]] = set()

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        client = environ.get("asgi.scope", {}).get("client") or ("unknown", 0)
        locale = pick_locale(environ.get("HTTP_ACCEPT_LANGUAGE"))
        bearer = auth.get("token") if isinstance(auth, dict) else None
        session = {"address": self._parts.hashed(client[0]), "locale": locale, "bearer": bearer, "conversation": None}
        await self.save_session(sid, session)

    async def on_disconnect(self, sid: str, reason: Any = None) -> None:
        self._ignore(sid)

    async def on_session_request(self, sid: str, request: Any = None) -> None:
        asked = request.get("session_id") if isinstance(request, dict) else None
        try:
            conversation = await self._begin(sid, asked)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
            return
        await self._confirm(sid, conversation.id)
        await self._listen(sid, conversation)

    async def on_user_uttered(self, sid: str, sent: Any = None) -> None:
        try:
            if not isinstance(sent, dict) or not isinstance(sent.get("message"), str):
                raise InvalidField(field="message")
            conversation_id = await self._conversation_of(sid, sent.get("session_id"))
            client_id = _client_id(sent) or await self._early_id(sid, sent)
            draft = await intake.as_draft(self._parts, conversation_id, sent["message"], client_id)
            await intake.take_in(self._parts, conversation_id, draft)
        except Refusal as refusal:
            await self._refuse(sid, refusal)
        except Exception:
            log.exception("a message could not be stored")
            await self._refuse(sid, Failed())

    def hear(self, sid: str) -> None:
        """Something is new in the conversation of this connection."""
        if listener := self._listeners.get(sid):
            reading = asyncio.create_task(listener.read_on())
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)

    async def _conversation_of(self, sid: str, token: Any) -> str:
        """The one that the message names, else the connection's, else a new one."""
        named = await self._opened_by(token)
        known: str | None = (await self.get_session(sid))["conversation"]
        if known and (named is None or named.id == known):
            return known
        conversation = named or await self._begin(sid, None)
        await self._join(sid, conversation.id)
        await self._listen(sid, conversation)
        return conversation.id

    async def _begin(self, sid: str, token: Any) -> Conversation:
        """The conversation of the token, else of the one that the host page gave its client, else a new one."""
        session = await self.get_session(sid)
        conversation = await self._opened_by(token) or await self._opened_by(session["bearer"])
        if conversation is None:
            visitor = intake.Visitor(session["locale"], session["address"])
            conversation = await intake.begin(self._parts, visitor, "socketio", None)
        await self._join(sid, conversation.id)
        return conversation

    async def _opened_by(self, token: Any) -> Conversation | None:
        return await intake.conversation_of(self._parts, token) if isinstance(token, str) else None

    async def _join(self, sid: str, conversation_id: str) -> None:
        session = await self.get_session(sid)
        if session["conversation"] == conversation_id:
            return
        if session["conversation"]:
            self._ignore(sid)
            await self.leave_room(sid, f"conversation:{session['conversation']}")
        await self.save_session(sid, {**session, "conversation": conversation_id})
        await self.enter_room(sid, f"conversation:{conversation_id}")

    async def _listen(self, sid: str, conversation: Conversation) -> None:
        """Begin where the last client of the conversation surely was; an earlier listener goes on where it is."""
        if sid not in self._listeners:
            receipts = self._receipts(sid)
            self._listeners[sid] = Listener(self._parts, conversation, receipts, partial(self._utter, sid))
        await self._listeners[sid].read_on()

    def _ignore(self, sid: str) -> None:
        if listener := self._listeners.pop(sid, None):
            listener.close()

    def _receipts(self, sid: str) -> Receipts:
        """One for each connection, whatever joins and leaves over it."""
        connection = self.server.eio.sockets[self.server.manager.eio_sid_from_sid(sid, self.namespace)]
        if not hasattr(connection, "receipts"):
            connection.receipts = Receipts(connection)
        receipts: Receipts = connection.receipts
        return receipts

    async def _utter(self, sid: str, event: dict[str, Any]) -> None:
        await self.emit("bot_uttered", event, room=sid, ignore_queue=True)

    async def _confirm(self, sid: str, conversation_id: str) -> None:
        token, _ = self._parts.session_token(conversation_id)
        session = await self.get_session(sid)
        if not session["bearer"]:  # rasa-webchat has no way to be given one
            await self.save_session(sid, {**session, "resends": Resends(token, time.monotonic())})
        await self.emit("session_confirm", token, room=sid)

    async def _early_id(self, sid: str, sent: dict[str, Any]) -> str | None:
        """Of a text that was typed before the session was confirmed, and may come again."""
        session = await self.get_session(sid)
        named = sent.get("session_id") or ""
        if "resends" not in session or not isinstance(named, str) or not (named == "" or self._is_ours(named)):
            return None  # who goes on naming an id of their own resends nothing
        early: str | None = session["resends"].id_of(named, sent["message"], time.monotonic())
        return early

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
        await self._utter(sid, {"text": refusal_view(refusal, session["locale"])["message"]})


def _client_id(sent: dict[str, Any]) -> str | None:
    metadata = sent.get("metadata") or sent.get("customData") or {}
    client_id = metadata.get("client_id") if isinstance(metadata, dict) else None
    usable = isinstance(client_id, str) and 0 < len(client_id) <= 64 and can_be_stored(client_id)
    return client_id if usable else None
