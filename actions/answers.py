"""A yes, a no or a bare value that nobody asked for."""

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.forms import said_anew
from actions.progress import names_a_case
from actions.turn import Turn


class ActionBareValue(DialogueAction):
    """A case number speaks for itself; for anything else ask what it is for."""

    action_name = "action_bare_value"

    def act(self, turn: Turn) -> list[EventType]:
        if names_a_case(turn):
            return said_anew(turn, "case_progress", turn.text)
        turn.say("utter_value_for_what")
        return []
