"""Trackers copied, not made again.

The functions stand in for Rasa's methods; `bot.lean_rasa` puts them there.
"""

from copy import copy

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    FollowupAction,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_play_again = DialogueStateTracker.copy
_TAKES_BACK = {Restarted, SessionStarted, ActionReverted, UserUtteranceReverted}
_ANSWERS_FOLLOWUP = (ActionExecuted, UserUttered)


def copied_slot(self: Slot) -> Slot:
    """A copy of a slot (Rasa leaves it to Python's protocol of copying, which takes five times as long)."""
    twin = object.__new__(type(self))
    vars(twin).update(vars(self))
    return twin


def copied_tracker(self: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker like this one (replaces a method that plays all its events again)."""
    if not _TAKES_BACK.isdisjoint(map(type, self.events)):
        return _play_again(self)
    twin = copy(self)
    twin.events = copy(self.events)
    twin.slots = {name: copy(slot) for name, slot in self.slots.items()}
    twin.active_loop = copy(self.active_loop)
    twin.followup_action = _followup(self)
    twin.sender_source = twin.model_id = twin.assistant_id = None  # as after playing the events
    return twin


def _followup(tracker: DialogueStateTracker) -> str | None:
    """What the events say is to follow; in the tracker, that is forgotten as soon as it is predicted."""
    for event in reversed(tracker.events):
        if isinstance(event, FollowupAction):
            return event.action_name
        if isinstance(event, _ANSWERS_FOLLOWUP):
            return None
    return ACTION_LISTEN_NAME
