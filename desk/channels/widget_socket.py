"""socket.io for our own widget: send with acknowledgement, messages and state pushed."""

import logging
from typing import Any

from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError

from desk.channels import intake
from desk.channels.http import as_refusal, refusal_view
from desk.channels.line import Line
from desk.channels.user_api import UserMessage
from desk.conversations import repository
from desk.conversations.service import Draft
from desk.conversations.views import message_view, receipt_view
from desk.errors import Failed, Refusal, TokenInvalid
from desk.parts import SESSION

log = logging.getLogger(__name__)


class WidgetNamespace(Line):
    """A connection belongs to the one conversation its token names."""

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        try:
            conversation_id = self._parts.tokens.read(SESSION, str(auth.get("token", "")))
            await intake.read_state(self._parts, conversation_id)
        except Refusal as refusal:
            code = refusal.code if refusal.status == 401 else TokenInvalid.code
            raise ConnectionRefusedError(code) from None
        await self.save_session(sid, {"conversation_id": conversation_id})
        # Join first, then read: what is stored in between arrives twice rather than never.
        await self.enter_room(sid, f"conversation:{conversation_id}")
        missed = await intake.read_messages(self._parts, conversation_id, _last_number(auth.get("after")))
        state = await intake.read_state(self._parts, conversation_id)
        parcel = {"messages": [message_view(message) for message in missed], "state": state}
        await self.emit("missed", parcel, room=sid)

    async def on_send(self, sid: str, sent: Any = None) -> dict[str, Any]:
        """Store a message; the acknowledgement is the receipt, or says why it was refused."""
        conversation_id = (await self.get_session(sid))["conversation_id"]
        try:
            message, _ = await intake.take_in(self._parts, conversation_id, _draft(sent))
        except Refusal as refusal:
            return {"ok": False, "error": refusal_view(refusal, await self._locale(conversation_id))}
        except Exception:
            log.exception("a message could not be stored")
            return {"ok": False, "error": refusal_view(Failed(), "zh")}  # the language may be out of reach as well
        return {"ok": True, **receipt_view(message)}

    async def _locale(self, conversation_id: str) -> str:
        async with self._parts.database.read() as session:
            conversation = await repository.find(session, conversation_id)
        return conversation.locale if conversation else "zh"


def _last_number(after: Any) -> int:
    """What a client says it has; nonsense means nothing, so that it gets everything."""
    return after if type(after) is int and 0 <= after < 2**31 else 0


def _draft(sent: Any) -> Draft:
    try:
        message = UserMessage.model_validate(sent)
    except ValidationError as problem:
        first = problem.errors()[0]
        raise as_refusal(first, ".".join(map(str, first["loc"]))) from None
    return message.draft()
