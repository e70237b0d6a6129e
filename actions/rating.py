"""What the user says of an answer."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.turn import Turn


class ActionRate(DialogueAction):
    """Store the rating; after a bad one offer another way."""

    action_name = "action_rate"

    def act(self, turn: Turn) -> list[EventType]:
        satisfied = turn.intent == "rate_satisfied"
        self.desk.rate(turn.key(), turn.conversation_id, satisfied, turn.slot("topic"))
        turn.say(f"utter_{turn.intent}")
        return [SlotSet("rated", True), SlotSet("offer", None if satisfied else "person")]
