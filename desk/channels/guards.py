"""What every request passes through before a route sees it: protecting headers, possible paths, the limit on bodies."""

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.channels.http import locale_of, refusal_view
from desk.errors import BodyTooLarge, NotFound

_CONSOLE_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


class Harden:
    """Adds the headers that keep browsers from guessing, framing and caching what they should not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_hardened if scope["type"] == "http" else send)


def _protect(path: str, headers: MutableHeaders) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    if path.startswith("/console"):
        headers.setdefault("Content-Security-Policy", _CONSOLE_POLICY)
    if path.startswith(("/api", "/internal", "/webhooks")):
        headers.setdefault("Cache-Control", "no-store")


class PossiblePaths:
    """NUL is in no id and no file name, and neither databases nor file systems can be asked for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "\x00" in scope["path"]:
            view = refusal_view(NotFound(), locale_of(Request(scope)))
            await JSONResponse(view, NotFound.status)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies over the limit, whether their length is told or only grows.

    `streamed` are the paths whose routes count what is posted there themselves, as it comes.
    """

    def __init__(self, app: ASGIApp, limit: int, streamed: re.Pattern[str]) -> None:
        self._app, self._limit, self._streamed = app, limit, streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/socket.io") or self._is_streamed(scope):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        told = headers.get(b"content-length", b"0")
        if not told.isdigit() or int(told) > self._limit:
            await self._refuse(scope, send)
            return
        body, more = b"", True
        while more and len(body) <= self._limit:
            part = await receive()
            if part["type"] == "http.disconnect":
                return
            body, more = body + part.get("body", b""), part.get("more_body", False)
        if len(body) > self._limit:
            await self._refuse(scope, send)
            return
        await self._app(scope, _replay(body, receive), send)

    def _is_streamed(self, scope: Scope) -> bool:
        return scope["method"] == "POST" and self._streamed.fullmatch(scope["path"]) is not None

    async def _refuse(self, scope: Scope, send: Send) -> None:
        refusal = BodyTooLarge(limit=self._limit)
        view = refusal_view(refusal, locale_of(Request(scope)))
        await JSONResponse(view, refusal.status, {"connection": "close"})(scope, _nothing, send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
