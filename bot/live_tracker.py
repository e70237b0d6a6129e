"""The live tracker: a conversation's memory as one bounded value that travels with each turn.

Turn 1,000 must cost what turn 10 does, so only the last user turns are kept as events. What earlier turns left behind,
the slots and a running form, is carried in front of them.
"""

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

USER_TURNS_KEPT = 4
# What the bot offered in its last reply: a yes means it in the user's next message, and never later.
ONE_TURN_SLOT = "offer"
# What a later turn may still ask of an earlier message; the other 57 ranked intents are dead weight.
RANKS_KEPT = 3


class UnreadableTracker(ValueError):
    """The value is not one that `pack` made."""


def unpack(value: Any) -> list[Event]:
    """The events of a packed tracker; a conversation without one starts listening, without a session."""
    if value is None:
        return [ActionExecuted(ACTION_LISTEN_NAME)]
    try:
        events = deserialise_events(value["events"])
        # Rasa passes over what has no event name.
        if len(events) != len(value["events"]):
            raise UnreadableTracker("not every entry is an event")
        return events
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise UnreadableTracker(str(problem)) from problem


def pack(tracker: DialogueStateTracker, slots: list[Slot]) -> dict[str, Any]:
    """The tracker as the value to give back, bounded."""
    events = [*tracker.events, *_stale_offer(tracker)]
    start = _start_of_kept_turns(events)
    kept = _settled(tracker.sender_id, events[:start], slots) + events[start:] if start else events
    return {"events": [_slim(event.as_dict()) for event in kept]}


def _stale_offer(tracker: DialogueStateTracker) -> list[Event]:
    """The end of an offer that was not made in this turn."""
    if ONE_TURN_SLOT not in tracker.slots or tracker.get_slot(ONE_TURN_SLOT) is None:
        return []
    for event in reversed(tracker.events):
        if isinstance(event, SlotSet) and event.key == ONE_TURN_SLOT:
            return []
        if isinstance(event, UserUttered):
            break
    return [SlotSet(ONE_TURN_SLOT, None)]


def _start_of_kept_turns(events: list[Event]) -> int:
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return turns[-USER_TURNS_KEPT] if len(turns) > USER_TURNS_KEPT else 0


def _settled(sender_id: str, past: list[Event], slots: list[Slot]) -> list[Event]:
    """The state that `past` led to, as few events as can say it, ready for the user's next message."""
    before = DialogueStateTracker.from_events(sender_id, past, slots)
    carried: list[Event] = [
        SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value != slot.initial_value
    ]
    if before.active_loop_name:
        carried.append(ActiveLoop(before.active_loop_name))
    return [*carried, ActionExecuted(ACTION_LISTEN_NAME)]


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    parsed = event.get("parse_data")
    if parsed:
        event["parse_data"] = {
            "text": parsed.get("text"),
            "intent": parsed.get("intent"),
            "entities": parsed.get("entities", []),
            "intent_ranking": parsed.get("intent_ranking", [])[:RANKS_KEPT],
        }
    if event["event"] == "user":  # what came with a message was taken, or is in its slot
        event["metadata"] = {key: value for key, value in event.get("metadata", {}).items() if key != "attachments"}
    if event["event"] == "bot":  # the values that filled the sentence are in the sentence
        event["metadata"] = {key: value for key, value in event["metadata"].items() if key == "utter_action"}
    return event
