"""News is told piece by piece: one that cannot be told holds up nobody else's."""

import asyncio

import pytest

from desk.channels.hub import WIDGET, Hub
from desk.conversations.enums import Owner
from desk.news import MessageStored


class Server:
    """Emits, except to one room."""

    def __init__(self, broken: str) -> None:
        self.told: list[str] = []
        self._broken = broken

    async def emit(self, _event, content, namespace, room):
        if room == f"conversation:{self._broken}":
            raise ConnectionError("gone")
        if namespace == WIDGET:
            self.told.append(content["text"])


@pytest.mark.parametrize("together", [True, False])
async def test_what_cannot_be_told_holds_up_nobody_else(parts, together):
    server = Server(broken="c_1")
    hub = Hub(server, parts)
    news = [MessageStored(f"c_{number}", {"text": f"{number}"}, Owner.BOT, None) for number in range(3)]
    for each in [news] if together else [[item] for item in news]:
        await hub.tell(each)
    await asyncio.sleep(0.05)
    assert server.told == ["0", "2"]
