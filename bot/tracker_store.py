"""A tracker store that stores nothing: a turn brings its tracker and takes it away again."""

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from bot.live_tracker import pack, unpack
from bot.turn import CURRENT


class TurnTrackerStore(TrackerStore):
    """Reads and writes the turn of the request being served, so that any bot process can serve any turn."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        turn = CURRENT.get()
        events = turn.events if turn else unpack(None)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        turn = CURRENT.get()
        if turn:
            turn.tracker = pack(tracker, self.domain.slots)

    async def keys(self) -> list[str]:
        return []
