"""Stands on the roads between the parts: passes everything on, and can hold one request or answer.

What a test holds here is where a part "is" when it gets killed; the product needs no hook for that.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from multidict import CIMultiDict

Point = Literal["request", "answer"]

LONGEST_HOLD = 120.0  # seconds; a test that forgets to let go must not hang the suite
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "host"}


@dataclass(frozen=True)
class Passage:
    """One request that came along a road."""

    road: str
    method: str
    path: str
    body: str


@dataclass
class Hold:
    """Stops the first request (or answer) of its kind; later ones pass."""

    road: str
    path: str
    point: Point
    containing: str
    loop: asyncio.AbstractEventLoop
    _reached: threading.Event = field(default_factory=threading.Event)
    _verdict: asyncio.Future[bool] | None = None
    _taken: bool = False

    def wait(self, seconds: float = 30.0) -> Hold:
        """Until something is held; that is the moment to kill a part."""
        assert self._reached.wait(seconds), f"nothing came to {self.point} of {self.road} {self.path}"
        return self

    def release(self) -> None:
        """Let it go on its way."""
        self._decide(True)

    def drop(self) -> None:
        """Lose it: the connection breaks."""
        self._decide(False)

    def takes(self, passage: Passage, point: Point) -> bool:
        """Whether this is what it waits for."""
        fits = (passage.road, point) == (self.road, self.point) and passage.path.startswith(self.path)
        return fits and not self._taken and self.containing in passage.body

    async def stop(self) -> bool:
        """Hold the caller until the test decides: True to go on, False to break."""
        self._taken = True
        self._verdict = self.loop.create_future()
        self._reached.set()
        try:
            return await asyncio.wait_for(self._verdict, LONGEST_HOLD)
        except TimeoutError:
            return False

    def _decide(self, verdict: bool) -> None:
        self.loop.call_soon_threadsafe(self._settle, verdict)

    def _settle(self, verdict: bool) -> None:
        self._taken = True  # whatever was not reached by now is not to be held any more
        if self._verdict and not self._verdict.done():
            self._verdict.set_result(verdict)


class Gateway:
    """Listens on one port per road, in a thread of its own."""

    def __init__(self, roads: Mapping[str, tuple[int, int]]) -> None:
        """`roads` maps a name to the port it listens on and the port it leads to."""
        self._roads = roads
        self._holds: list[Hold] = []
        self._passages: list[Passage] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gateway", daemon=True)
        self._runners: list[web.AppRunner] = []

    def start(self) -> None:
        self._thread.start()
        self._call(self._listen())

    def stop(self) -> None:
        for hold in self._holds:
            hold.drop()
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def hold(self, road: str, path: str, point: Point, containing: str = "") -> Hold:
        """Hold the next request (or its answer) on a road whose path begins so and whose body contains the text."""
        hold = Hold(road, path, point, containing, self._loop)
        self._holds.append(hold)
        return hold

    def forget_holds(self) -> None:
        """Let everything go: the next test begins with free roads."""
        for hold in self._holds:
            hold.release()
        self._holds.clear()

    def passed(self, road: str, containing: str = "", path: str = "") -> list[Passage]:
        """What came along a road so far."""
        return [
            passage
            for passage in list(self._passages)
            if passage.road == road and containing in passage.body and passage.path.startswith(path)
        ]

    def _call(self, coroutine) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(15)

    async def _listen(self) -> None:
        # Every request gets its own connection: a pooled one that died with its part would be noise of the gateway's.
        self._session = ClientSession(
            connector=TCPConnector(force_close=True, limit=0), timeout=ClientTimeout(total=None), auto_decompress=False
        )
        for road, (port, target) in self._roads.items():
            app = web.Application(client_max_size=2**26)
            app.router.add_route("*", "/{path:.*}", self._handler(road, target))
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self._runners.append(runner)

    async def _close(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        await self._session.close()

    def _handler(self, road: str, target: int) -> Callable:
        async def handle(request: web.Request) -> web.StreamResponse:
            body = await request.read()
            passage = Passage(road, request.method, request.path, body.decode("utf-8", "replace"))
            self._passages.append(passage)
            if not await self._may_pass(passage, "request"):
                return self._broken(request)
            try:
                answer = await self._forward(request, body, target)
            except (ClientError, OSError):
                return self._broken(request)
            if not await self._may_pass(passage, "answer"):
                return self._broken(request)
            return answer

        return handle

    async def _may_pass(self, passage: Passage, point: Point) -> bool:
        for hold in self._holds:
            if hold.takes(passage, point):
                return await hold.stop()
        return True

    async def _forward(self, request: web.Request, body: bytes, target: int) -> web.Response:
        url = f"http://127.0.0.1:{target}{request.path_qs}"
        headers = _end_to_end(request.headers)
        options = {"headers": headers, "data": body, "allow_redirects": False}
        async with self._session.request(request.method, url, **options) as answer:
            return web.Response(
                status=answer.status, headers=_end_to_end(answer.headers, keep_encoding=True), body=await answer.read()
            )

    @staticmethod
    def _broken(request: web.Request) -> web.Response:
        """The caller sees its connection break, as when the other side died."""
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=502)


def _end_to_end(headers: Mapping[str, str], keep_encoding: bool = False) -> CIMultiDict[str]:
    left_out = HOP_BY_HOP - ({"content-encoding"} if keep_encoding else set())
    kept = CIMultiDict()
    for name, value in headers.items():
        if name.lower() not in left_out:
            kept.add(name, value)
    return kept
