"""A served desk, and clients that listen to it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import socketio
import uvicorn
from socketio.exceptions import ConnectionError


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The app on a free port of this machine."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await task


class Client:
    """Connected to one namespace; keeps all that it hears."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.heard: list[tuple[str, Any]] = []
        self._client = socketio.AsyncClient(reconnection=False)
        self._client.on("*", self._hear, namespace=namespace)
        self._client.on("connect_error", self._hear_refusal, namespace=namespace)

    async def _hear(self, event: str, *values: Any) -> None:
        self.heard.append((event, values[0] if values else None))

    async def _hear_refusal(self, why: Any) -> None:
        self.heard.append(("connect_error", why))

    async def connect(self, url: str, auth: Any = None, headers: dict[str, str] | None = None) -> Client:
        await self._client.connect(
            url, namespaces=[self.namespace], auth=auth, headers=headers or {}, transports=["websocket"], wait_timeout=5
        )
        return self

    async def refused(self, url: str, auth: Any = None, headers: dict[str, str] | None = None) -> str:
        """The reason why a connection is refused; fails when it is not."""
        try:
            await self.connect(url, auth, headers)
        except ConnectionError:
            return str(self.of("connect_error")[-1]["message"])
        await self.close()
        raise AssertionError("it was let in")

    async def emit(self, event: str, *values: Any) -> None:
        await self._client.emit(event, values, namespace=self.namespace)

    async def call(self, event: str, value: Any = None) -> Any:
        return await self._client.call(event, value, namespace=self.namespace, timeout=5)

    def of(self, event: str) -> list[Any]:
        return [value for name, value in self.heard if name == event]

    async def until(self, event: str, fits: Callable[[Any], bool] = lambda _: True, seconds: float = 5) -> Any:
        """The first value of an event that fits, waiting for it if need be."""
        async with asyncio.timeout(seconds):
            while not (found := [value for value in self.of(event) if fits(value)]):
                await asyncio.sleep(0.01)
        return found[0]

    async def close(self) -> None:
        await self._client.disconnect()


class Deaf:
    """Connected as Rasa's clients are, but never answers a ping: all that is sent to it may as well be lost."""

    def __init__(self, http: aiohttp.ClientSession, line: aiohttp.ClientWebSocketResponse) -> None:
        self._http, self._line = http, line

    @classmethod
    async def connect(cls, url: str) -> Deaf:
        http = aiohttp.ClientSession()
        line = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket")
        await line.send_str("40")
        return cls(http, line)

    async def emit(self, event: str, value: Any) -> None:
        await self._line.send_str("42" + json.dumps([event, value]))

    async def until(self, event: str) -> Any:
        """The value of the next event of this name."""
        async with asyncio.timeout(5):
            while True:
                told = await self._line.receive_str()
                if told.startswith(f'42["{event}"'):
                    return json.loads(told[2:])[1]

    async def close(self) -> None:
        await self._line.close()
        await self._http.close()
