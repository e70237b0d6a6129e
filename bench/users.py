"""One user in front of the service, and one in front of Rasa's REST channel."""

import itertools
import json
import uuid
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

import aiohttp

from scripts.console import Failure


class TurnFailed(Failure):
    """A message was refused, lost or answered wrongly: then there is nothing to time."""


@dataclass(frozen=True)
class Turn:
    """When a message left, when its sender knew that it was safe, and when the last line of the answer was there."""

    sent: float
    acknowledged: float
    answered: float
    answer: str


class User(Protocol):
    """Somebody with a conversation of their own."""

    async def say(self, text: str) -> Turn: ...

    async def leave(self) -> None: ...


class WidgetUser:
    """Speaks socket.io over one websocket, as the widget does in a browser.

    By hand, because a client library would take as much of the machine as the service that is measured.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, seq: int) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._seq = seq  # the last line seen

    @classmethod
    async def come(cls, http: aiohttp.ClientSession, url: str) -> "WidgetUser":
        """Open a conversation."""
        async with http.post(f"{url}/api/session", json={"locale": "zh"}) as answer:
            opened = await answer.json()
        socket = await http.ws_connect(
            f"{url}/socket.io/?EIO=4&transport=websocket",
            headers={"Origin": url},
            compress=15,  # browsers offer it
        )
        user = cls(socket, opened["state"]["last_seq"])
        await socket.send_str("40/widget," + json.dumps({"token": opened["token"], "after": 0}))
        while (await user._event())[0] != "missed":
            pass
        return user

    async def say(self, text: str) -> Turn:
        """Send a message and read until the bot has said all it has to say."""
        number = next(self._numbers)
        message = json.dumps(["send", {"client_id": uuid.uuid4().hex, "text": text}], ensure_ascii=False)
        sent = answered = perf_counter()
        await self._socket.send_str(f"42/widget,{number}{message}")
        acknowledged, own, settled, words = 0.0, 0, 0, ""
        # Of all lines up to `settled` none waits for an answer; the receipt may come later than the answer.
        while not 0 < own < settled <= self._seq:
            name, content = await self._event()
            if name == "acknowledged":
                acknowledged, own = perf_counter(), _stored(content)
            elif name == "message":
                self._count(content["seq"])
                if content["author"] == "bot":
                    answered, words = perf_counter(), words + content["text"]
            elif name == "state":
                settled = 0 if content["bot_busy"] else content["last_seq"]
        return Turn(sent, acknowledged, answered, words)

    async def leave(self) -> None:
        await self._socket.close()

    def _count(self, seq: int) -> None:
        """Every line once and in its place."""
        if seq != self._seq + 1:
            raise TurnFailed(f"line {seq} came after line {self._seq}")
        self._seq = seq

    async def _event(self) -> tuple[str, Any]:
        """The next thing the desk says."""
        while True:
            frame = await self._socket.receive_str()
            if frame.startswith("42/widget,"):
                name, content = json.loads(frame[10:])
                return name, content
            if frame.startswith("43/widget,"):
                return "acknowledged", json.loads(frame[frame.index("[") :])[0]
            if frame == "2":
                await self._socket.send_str("3")
            elif frame.startswith(("41", "44")):
                raise TurnFailed(f"the desk hung up: {frame}")


def _stored(receipt: dict[str, Any]) -> int:
    if not receipt["ok"]:
        raise TurnFailed(f"the message was refused: {receipt['error']['code']}")
    return int(receipt["seq"])


class RestUser:
    """Speaks to Rasa's REST channel, whose answer is acknowledgement and replies in one."""

    def __init__(self, http: aiohttp.ClientSession, url: str, sender: str) -> None:
        self._http, self._url, self._sender = http, f"{url}/webhooks/rest/webhook", sender

    async def say(self, text: str) -> Turn:
        """Send a message and wait for the replies."""
        sent = perf_counter()
        async with self._http.post(self._url, json={"sender": self._sender, "message": text}) as answer:
            replies = await answer.json()
        answered = perf_counter()
        if not replies:
            raise TurnFailed("a message was answered with nothing")
        return Turn(sent, answered, answered, "".join(reply.get("text", "") for reply in replies))

    async def leave(self) -> None:
        pass
