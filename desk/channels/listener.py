"""A connected client of Rasa's: it is told the lines of its conversation, each of them once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from engineio.exceptions import SocketIsClosedError

from desk.channels import intake
from desk.channels.rasa_events import rasa_events
from desk.channels.receipts import Receipts
from desk.conversations.models import Conversation
from desk.conversations.views import message_view
from desk.parts import Parts

log = logging.getLogger(__name__)
Tell = Callable[[dict[str, Any]], Awaitable[None]]


class Listener:
    """Such a client neither says which line it has last nor asks for one that it missed.

    So the database holds, for each conversation, the last line that surely arrived, and a client that comes back is
    told what follows it.
    """

    def __init__(self, parts: Parts, conversation: Conversation, receipts: Receipts, tell: Tell) -> None:
        self._parts, self._receipts, self._tell = parts, receipts, tell
        self._conversation_id, self._locale = conversation.id, conversation.locale
        self._told = conversation.delivered_seq
        self._order, self._closed = asyncio.Lock(), False
        # Now and then a hint is lost on its way from another desk.
        receipts.heartbeat = self.read_on

    def close(self) -> None:
        """Tell no more: what nobody hears must not count as told."""
        self._closed = True

    async def read_on(self) -> None:
        """Tell what is new. Never fails: what cannot be told now is told the next time."""
        try:
            async with self._order:
                while not self._closed and await self._tell_some():
                    await self._receipts.ask(self._note(self._told))
        except SocketIsClosedError:
            self.close()
        except Exception:
            log.exception("a client could not be told what is new")

    async def _tell_some(self) -> bool:
        lines = await intake.read_messages(self._parts, self._conversation_id, self._told)
        for line in lines:
            for event in rasa_events(message_view(line), self._locale, self._parts.link_to):
                await self._tell(event)
            self._told = line.seq
        return bool(lines)

    def _note(self, seq: int) -> Callable[[], Awaitable[None]]:
        async def arrived() -> None:
            try:
                await intake.note_delivery(self._parts, self._conversation_id, seq)
            except Exception:
                log.exception("what arrived could not be noted; it may be told twice")

        return arrived
