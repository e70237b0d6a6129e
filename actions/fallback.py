"""Not understood: once the likely topics are offered, twice a person, three times the user is handed over."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.forms import said_anew
from actions.topics import kind_of, label_of
from actions.turn import Turn

NOT_UNDERSTOOD = "nlu_fallback"
SENT = "send_attachment"
TOPICS_OFFERED = 3


class ActionNotUnderstood(DialogueAction):
    """Answer a message whose meaning is in doubt. What came with pictures or files is in doubt only about them."""

    action_name = "action_not_understood"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.attachments:
            return said_anew(turn, SENT, None)
        times = turn.times_in_a_row(NOT_UNDERSTOOD)
        if times > 2:
            turn.say("utter_handoff_not_understood")
            return turn.hand_over("not_understood")
        if times == 2:
            turn.say("utter_not_understood_again")
            return [SlotSet("offer", "person"), turn.counted_failure()]
        likely = [intent for intent in turn.ranking if kind_of(intent) == "topic"][:TOPICS_OFFERED]
        buttons = [{"title": label_of(intent, turn.locale), "payload": f"/{intent}"} for intent in likely]
        turn.say("utter_not_understood" if buttons else "utter_not_understood_open", buttons=buttons)
        return [turn.counted_failure()]


class ActionDefaultFallback(DialogueAction):
    """No rule foresees this turn: a gap of ours, and the user is offered the menu."""

    action_name = "action_default_fallback"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_what_for")
        return [turn.counted_failure()]
