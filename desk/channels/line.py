"""What all socket.io connections have in common: one event at a time, and only the server says who connects."""

import asyncio
from typing import Any

import socketio

from desk.parts import Parts


class Line(socketio.AsyncNamespace):
    """Handles the events of a connection one by one, in the order in which they came.

    Handled at once, two messages of one user could change places, or open two conversations.
    """

    def __init__(self, namespace: str, parts: Parts) -> None:
        super().__init__(namespace)
        self._parts = parts
        self._order: dict[str, asyncio.Lock] = {}

    async def trigger_event(self, event: Any, sid: str, *values: Any) -> Any:
        """Dispatch an event after the connection's earlier ones."""
        if event == "connect":
            if sid in self._order:
                return None  # sent by the client, with an environment of its own making
            self._order[sid] = asyncio.Lock()
        elif event == "disconnect":
            if self.server.manager.is_connected(sid, self.namespace):
                return None  # sent by the client, who is still there
        elif not isinstance(event, str) or sid not in self._order:
            return None
        else:
            values = values[:1]
        order = self._order.pop(sid) if event == "disconnect" else self._order[sid]
        async with order:
            return await super().trigger_event(event, sid, *values)
