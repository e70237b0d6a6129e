"""A life may be at risk: a warm sentence, the numbers to call, a person."""

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.turn import Turn


class ActionCrisis(DialogueAction):
    """Stop everything else. No question is asked and the desk is not needed for it."""

    action_name = "action_crisis"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_crisis")
        return turn.hand_over("crisis", "self_harm_crisis")
