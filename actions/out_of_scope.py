"""What this service does not do."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.turn import Turn


class ActionOutOfScope(DialogueAction):
    """Say so once; the second time in a row show what can be done here."""

    action_name = "action_out_of_scope"

    def act(self, turn: Turn) -> list[EventType]:
        again = turn.times_in_a_row("out_of_scope") > 1
        turn.say("utter_out_of_scope_again" if again else "utter_out_of_scope")
        return [SlotSet("offer", "person")] if again else []
