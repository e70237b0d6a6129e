"""Anger at the bot."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.facts import fact
from actions.turn import Turn


class ActionAbuse(DialogueAction):
    """One mild boundary with a choice; after several in a row a person or an end."""

    action_name = "action_abuse"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.times_in_a_row("abuse") < fact("abuse_limit"):
            turn.say("utter_abuse")
            return []
        turn.say("utter_abuse_again")
        return [SlotSet("offer", "person")]
