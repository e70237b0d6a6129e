"""Rooms of Rasa's clients: only the hint that there is something new travels, and each desk reads for its own."""

from typing import Any

from socketio import AsyncManager, AsyncRedisManager

NEW_LINE = "new_line"  # never sent to a client


class Hints(AsyncManager):
    """Hands the hint to the namespace, for every connection in the room that is this desk's."""

    async def emit(self, event: str, data: Any, namespace: str, room: Any = None, **more: Any) -> None:
        if event != NEW_LINE:
            await super().emit(event, data, namespace, room=room, **more)
            return
        for sid, _ in self.get_participants(namespace, room):
            self.server.namespace_handlers[namespace].hear(sid)


class RedisHints(AsyncRedisManager, Hints):
    """The same for hints of other desks: what Redis brings is emitted as if it were from here."""
