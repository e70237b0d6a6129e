"""What has surely reached a client that acknowledges nothing."""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from engineio import packet

Step = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    return None


class Receipts:
    """Every Engine.IO client answers pings, one after another: what was sent before a ping it answered has arrived.

    Stands in the two ways of a connection, and counts pings and answers: the protocol's heartbeat and our own alike.
    """

    def __init__(self, connection: Any) -> None:
        self.heartbeat: Step = _nothing
        self._connection = connection
        # One may be under way already; its answer tells nothing of what comes after it.
        self._pings, self._answers = int(bool(connection.last_ping)), 0
        self._waiting: deque[tuple[int, Step]] = deque()
        self._send, self._receive = connection.send, connection.receive
        connection.send, connection.receive = self._sending, self._receiving

    async def ask(self, arrived: Step) -> None:
        """Take the step as soon as all that was sent until now has arrived."""
        self._waiting.append((self._pings + 1, arrived))
        await self._connection.send(packet.Packet(packet.PING))

    async def _sending(self, sent: Any) -> None:
        if sent.packet_type == packet.PING:
            self._pings += 1
        await self._send(sent)

    async def _receiving(self, received: Any) -> None:
        await self._receive(received)
        if received.packet_type == packet.PONG and self._answers < self._pings:
            self._answers += 1
            while self._waiting and self._waiting[0][0] <= self._answers:
                await self._waiting.popleft()[1]()
            await self.heartbeat()
