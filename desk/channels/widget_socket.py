"""socket.io for our own widget: send with acknowledgement, messages and state pushed."""

from typing import Any

import socketio
from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError

from desk.channels import intake
from desk.channels.http import refusal_view
from desk.channels.user_api import UserMessage
from desk.conversations import repository
from desk.conversations.service import Draft
from desk.conversations.views import message_view, receipt_view
from desk.errors import InvalidField, Refusal, TokenInvalid
from desk.parts import SESSION, Parts


class WidgetNamespace(socketio.AsyncNamespace):
    """A connection belongs to the one conversation its token names."""

    def __init__(self, namespace: str, parts: Parts) -> None:
        super().__init__(namespace)
        self._parts = parts

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        try:
            conversation_id = self._parts.tokens.read(SESSION, str(auth.get("token", "")))
            state = await intake.read_state(self._parts, conversation_id)
        except Refusal as refusal:
            code = refusal.code if refusal.status == 401 else TokenInvalid.code
            raise ConnectionRefusedError(code) from None
        await self.save_session(sid, {"conversation_id": conversation_id})
        # Join first, then read: what is stored in between arrives twice rather than never.
        await self.enter_room(sid, f"conversation:{conversation_id}")
        after = auth.get("after")
        missed = await intake.read_messages(self._parts, conversation_id, after if isinstance(after, int) else 0)
        parcel = {"messages": [message_view(message) for message in missed], "state": state}
        await self.emit("missed", parcel, room=sid)

    async def on_send(self, sid: str, sent: Any = None) -> dict[str, Any]:
        """Store a message; the acknowledgement is the receipt, or says why it was refused."""
        conversation_id = (await self.get_session(sid))["conversation_id"]
        try:
            message, _ = await intake.take_in(self._parts, conversation_id, _draft(sent))
        except Refusal as refusal:
            return {"ok": False, "error": refusal_view(refusal, await self._locale(conversation_id))}
        return {"ok": True, **receipt_view(message)}

    async def _locale(self, conversation_id: str) -> str:
        async with self._parts.database.read() as session:
            conversation = await repository.find(session, conversation_id)
        return conversation.locale if conversation else "zh"


def _draft(sent: Any) -> Draft:
    try:
        message = UserMessage.model_validate(sent)
    except ValidationError:
        raise InvalidField(field="message") from None
    if (message.text is None) == (message.payload is None):
        raise InvalidField(field="text")
    return Draft(message.client_id, text=message.text, payload=message.payload)
