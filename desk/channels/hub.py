"""Tells connected people what was committed. A push is only a hint: who missed one asks by sequence number."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import socketio

from desk.agents import repository as agents
from desk.cases import repository as cases
from desk.channels import intake
from desk.channels.hints import NEW_LINE, Hints, RedisHints
from desk.channels.rasa_socket import RasaNamespace
from desk.conversations.enums import Owner
from desk.errors import NotFound
from desk.handoffs import repository as handoffs
from desk.handoffs.access import may_see_case
from desk.news import CaseChanged, MessageStored, QueueChanged, StateChanged, TurnEnded, TurnQueued
from desk.parts import Parts

log = logging.getLogger(__name__)
WIDGET, CONSOLE, RASA = "/widget", "/console", "/"
_PATIENCE_SECONDS = 10  # with one piece of news: all others wait behind it


def room(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


class Hub:
    """Turns news into socket.io events, and wakes the worker."""

    def __init__(self, server: socketio.AsyncServer, parts: Parts) -> None:
        self._server, self._parts = server, parts
        self._untold: list[Any] = []
        self._telling: asyncio.Task[None] | None = None

    async def tell(self, news: list[Any]) -> None:
        """Pass news on after all earlier news. Who committed does not wait for it: their receipt matters more."""
        if any(isinstance(item, TurnQueued) for item in news):
            self._parts.worker.wake()
        self._untold += news
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_all())

    async def _tell_all(self) -> None:
        while self._untold:
            news, self._untold = self._untold, []
            await self._tell(news)

    async def _tell(self, news: list[Any]) -> None:
        """Each piece by itself: what cannot be pushed is fetched later, and holds up nobody else's."""
        for item in news:
            if isinstance(item, MessageStored):
                await _never_failing(self._message(item))
        for number in dict.fromkeys(item.number for item in news if isinstance(item, CaseChanged)):
            await _never_failing(self._case(number))
        changed = dict.fromkeys(item.conversation_id for item in news if isinstance(item, StateChanged))
        if any(isinstance(item, QueueChanged) for item in news):
            changed |= dict.fromkeys(await _never_failing(self._queue()) or [])
        ended = any(isinstance(item, TurnEnded) for item in news)
        for conversation_id in changed:
            if await _never_failing(self._state(conversation_id)) and ended:
                self._parts.worker.wake()  # the next turn of this conversation waited for the one that ended

    async def _message(self, news: MessageStored) -> None:
        target = room(news.conversation_id)
        await self._server.emit("message", news.message, room=target, namespace=WIDGET)
        parcel = {"conversation_id": news.conversation_id, "message": news.message}
        await self._server.emit("message", parcel, room=_listeners(news), namespace=CONSOLE)
        await self._server.emit(NEW_LINE, None, room=target, namespace=RASA)

    async def _case(self, number: str) -> None:
        """Only to agents who may see the case; whoever is not connected reads it anew anyway."""
        async with self._parts.database.read() as session:
            case = await cases.find(session, number)
            everyone = await agents.active(session)
        seers = [f"agent:{agent.id}" for agent in everyone if case and may_see_case(agent, case)]
        if seers:  # the library knows no empty list of rooms
            await self._server.emit("case_changed", {"number": number}, room=seers, namespace=CONSOLE)

    async def _queue(self) -> list[str]:
        """Tell that it moved; the conversations that wait in it."""
        await self._server.emit("queue", {}, namespace=CONSOLE)
        async with self._parts.database.read() as session:
            return [handoff.conversation_id for handoff in await handoffs.waiting(session)]

    async def _state(self, conversation_id: str) -> bool:
        """Tell it; says whether the bot is busy."""
        try:
            state = await intake.read_state(self._parts, conversation_id)
        except NotFound:
            return False
        target = room(conversation_id)
        await self._server.emit("state", state, room=target, namespace=WIDGET)
        owner = {key: state[key] for key in ("conversation_id", "owner", "agent_name", "epoch")}
        await self._server.emit("conversation", owner, room=target, namespace=CONSOLE)
        return bool(state["bot_busy"])


async def _never_failing(piece: Coroutine[Any, Any, Any]) -> Any:
    """What the piece gives; None when it fails or takes too long."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await piece
    except Exception:
        log.exception("news could not be told")
        return None


def _listeners(news: MessageStored) -> list[str]:
    """While it waits, all who watch; else its agent, past or present, and supervisors who watch."""
    supervised = f"supervised:{news.conversation_id}"
    if news.owner == Owner.QUEUE:
        return [room(news.conversation_id), supervised]
    return [f"agent:{news.served_by}", supervised] if news.served_by else [supervised]


def _may_connect(hosts: list[str]) -> Callable[[str | None, dict[str, Any]], bool]:
    """Pages of the setting, and the desk's own: naming one host page must not shut out the console."""

    def decide(origin: str | None, environ: dict[str, Any]) -> bool:
        own = {environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST")} - {None}
        return origin is not None and (origin in hosts or origin.partition("://")[2] in own)

    return decide


def make_sockets(parts: Parts) -> socketio.AsyncServer:
    """The socket.io server with its three namespaces, wired to the database's news."""
    from desk.channels.console_socket import ConsoleNamespace
    from desk.channels.widget_socket import WidgetNamespace

    settings = parts.settings
    manager = RedisHints(settings.redis_url) if settings.redis_url else Hints()
    server = socketio.AsyncServer(
        async_mode="asgi",
        client_manager=manager,
        cors_allowed_origins=_may_connect(settings.origins),
        max_http_buffer_size=settings.max_body_bytes,
        namespaces=[RASA, WIDGET, CONSOLE],
    )
    parts.database.teller = Hub(server, parts).tell
    for namespace in (RasaNamespace(RASA, parts), WidgetNamespace(WIDGET, parts), ConsoleNamespace(CONSOLE, parts)):
        server.register_namespace(namespace)
    return server
