"""The user steers: stop, say that again; and the desk gives the conversation back."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.collected import COLLECTED
from actions.hearing import CRISIS
from actions.turn import Turn, forget, leave_form


class ActionCancel(DialogueAction):
    """Stop what is being filled in, forget it, and ask what else."""

    action_name = "action_cancel"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_cancelled" if turn.form else "utter_nothing_to_cancel")
        return [*leave_form(), *forget(*COLLECTED, "topic")] if turn.form else []


class ActionRepeat(DialogueAction):
    """Say the last reply again; inside a form its question follows anyway."""

    action_name = "action_repeat"

    def act(self, turn: Turn) -> list[EventType]:
        said = last_reply(turn.events)
        if turn.form or not said:
            turn.say("utter_repeat")
            return []
        for message in said:
            data = message.get("data") or {}
            if message.get("text"):
                turn.say_again(message["text"], data.get("buttons"))
            card = (data.get("custom") or {}).get("card")
            if card:
                turn.show(card)
        return []


def last_reply(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the bot said between the user's last two messages."""
    said: list[dict[str, Any]] = []
    before = next((i for i in reversed(range(len(events))) if events[i]["event"] == "user"), 0)
    for event in reversed(events[:before]):
        if event["event"] == "user":
            break
        if event["event"] == "bot":
            said.insert(0, event)
    return said


class ActionResume(DialogueAction):
    """A person gave the conversation back: start from a clean page."""

    action_name = "action_resume"

    def act(self, turn: Turn) -> list[EventType]:
        in_crisis = turn.slot("topic") == CRISIS  # whoever was needs no case number now
        number = None if in_crisis else turn.chosen("case_number")
        turn.say("utter_resumed_case" if number else "utter_resumed", case_number=number)
        clean = forget(*COLLECTED, "topic", "lookups", "failed_turns")
        return [*leave_form(), *clean, SlotSet("case_number", number)]
