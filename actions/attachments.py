"""Pictures, videos and files that come where no form is: acknowledge them and find out what they are about."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.evidence import WAITING, counted
from actions.follow_up import ADDING, ADDS, add_to_case, newest_unsettled
from actions.steering import last_reply
from actions.turn import Turn


class ActionAttachmentArrived(DialogueAction):
    """They are added where the user is adding, else they wait: for the answer to an open question, or for a topic."""

    action_name = "action_attachment_arrived"

    def act(self, turn: Turn) -> list[EventType]:
        offer = turn.slot("offer")
        if offer not in (None, ADDING) and turn.slot("topic") != ADDS:
            return self._ask_again(turn, offer)
        number = newest_unsettled(self.desk, turn.conversation_id)
        if number and turn.slot("topic") == ADDS:
            return add_to_case(turn, self.desk, number)
        return self._ask_what_for(turn, number)

    def _ask_again(self, turn: Turn, offer: str) -> list[EventType]:
        """A picture is no answer to a yes-or-no question, and no reason to forget that it was asked."""
        turn.say("utter_attachment_kept", received=counted(turn.attachments))
        asked = [message for message in last_reply(turn.events) if message.get("text")][-1:]
        for message in asked:
            turn.say_again(message["text"], (message.get("data") or {}).get("buttons"))
        return [SlotSet("offer", offer)]

    def _ask_what_for(self, turn: Turn, number: str | None) -> list[EventType]:
        """A case that is being handled is the likeliest."""
        waiting = turn.slot(WAITING) or []
        more = len(waiting) > len(turn.attachments)
        response = "utter_attachment_arrived_more" if more else "utter_attachment_arrived"
        turn.say(response, received=counted(turn.attachments), evidence=counted(waiting))
        turn.say("utter_attachment_for_case" if number else "utter_attachment_for_what", case_number=number)
        return [SlotSet("offer", ADDING)] if number else []
