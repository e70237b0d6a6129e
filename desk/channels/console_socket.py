"""socket.io for the console: queue changes, messages of watched and own conversations, presence."""

import asyncio
import http.cookies
from typing import Any

from socketio.exceptions import ConnectionRefusedError

from desk.agents import service as agents
from desk.agents.enums import Role
from desk.agents.sessions import COOKIE, agent_of_token
from desk.channels.http import can_be_stored
from desk.channels.line import Line
from desk.errors import NotFound, Refusal
from desk.handoffs.access import visible_conversation
from desk.parts import Parts

_HEARTBEAT_SECONDS = 30


class ConsoleNamespace(Line):
    """A connection belongs to the agent of its cookie; while it lasts, the agent counts as present."""

    def __init__(self, namespace: str, parts: Parts) -> None:
        super().__init__(namespace, parts)
        self._hearts: dict[str, asyncio.Task[None]] = {}

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        cookies = http.cookies.SimpleCookie(environ.get("HTTP_COOKIE", ""))
        try:
            agent = await agent_of_token(self._parts, cookies[COOKIE].value if COOKIE in cookies else "")
        except Refusal as refusal:
            raise ConnectionRefusedError(refusal.code) from None
        await self.save_session(sid, {"agent_id": agent.id, "token": cookies[COOKIE].value})
        await self.enter_room(sid, f"agent:{agent.id}")
        self._hearts[sid] = asyncio.create_task(self._beat(agent.id))

    async def on_disconnect(self, sid: str, *_reason: Any) -> None:
        heart = self._hearts.pop(sid, None)
        if heart:
            heart.cancel()

    async def on_watch(self, sid: str, wish: Any = None) -> dict[str, Any]:
        """Follow a conversation the agent may see."""
        session = await self.get_session(sid)
        conversation_id = wish.get("conversation_id") if isinstance(wish, dict) else None
        try:
            if not isinstance(conversation_id, str) or not can_be_stored(conversation_id):
                raise NotFound()
            agent = await agent_of_token(self._parts, session["token"])
            async with self._parts.database.read() as reading:
                conversation = await visible_conversation(reading, agent, conversation_id)
        except Refusal as refusal:
            return {"ok": False, "error": {"code": refusal.code}}
        await self.enter_room(sid, f"conversation:{conversation.id}")
        if agent.role == Role.SUPERVISOR:
            await self.enter_room(sid, f"supervised:{conversation.id}")
        return {"ok": True}

    async def on_unwatch(self, sid: str, wish: Any = None) -> dict[str, Any]:
        conversation_id = wish.get("conversation_id") if isinstance(wish, dict) else None
        for kind in ("conversation", "supervised"):
            await self.leave_room(sid, f"{kind}:{conversation_id}")
        return {"ok": True}

    async def _beat(self, agent_id: str) -> None:
        while True:
            async with self._parts.database.write() as work:
                await agents.mark_seen(work, agent_id)
            await asyncio.sleep(_HEARTBEAT_SECONDS)
