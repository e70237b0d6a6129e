"""Pictures, videos and files that nobody asked for: acknowledge them and ask what they are about."""

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.evidence import WAITING, counted
from actions.follow_up import ask_what_for
from actions.turn import Turn


class ActionAttachmentArrived(DialogueAction):
    """They wait until a topic or a case takes them, those sent before too."""

    action_name = "action_attachment_arrived"

    def act(self, turn: Turn) -> list[EventType]:
        waiting = turn.slot(WAITING) or []
        more = len(waiting) > len(turn.attachments)
        response = "utter_attachment_arrived_more" if more else "utter_attachment_arrived"
        turn.say(response, received=counted(turn.attachments), evidence=counted(waiting))
        return ask_what_for(turn, self.desk)
