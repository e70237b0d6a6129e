"""After a case: something is added to it, or it is opened again."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.desk_client import DeskClient, DeskError
from actions.evidence import WAITING, counted, ids_of
from actions.other_topics import offer_a_person
from actions.topics import all_topics
from actions.turn import Turn, forget

ADDS = "case_update"  # the topic of who adds to a case
ADDING = "add_to_case"  # the offer to do it
_SAYS_ADD = re.compile(r"补|加|附|\b(?:add|attach|more)\b", re.IGNORECASE)


def newest_unsettled(desk: DeskClient, conversation_id: str) -> str | None:
    """The conversation's newest case that is not settled; a desk that cannot be asked knows of none."""
    try:
        return max(desk.read_conversation(conversation_id)["open_cases"], default=None)
    except DeskError:
        return None


def add_to_case(turn: Turn, desk: DeskClient, number: str) -> list[EventType]:
    """Add what waits to a case; whatever is sent next without another word is added too."""
    waiting = turn.slot(WAITING)
    try:
        desk.add_to_case(turn.key(), number, turn.conversation_id, ids_of(waiting))
    except DeskError as refusal:
        return _not_found(turn, refusal, "utter_add_not_possible", number)
    turn.say("utter_added_to_case", case_number=number, evidence=counted(waiting))
    return [SlotSet("topic", ADDS), SlotSet("case_number", number), *forget(WAITING)]


class ActionAddToCase(DialogueAction):
    """Add what waits to the case of the button, or to the one the user just said yes to."""

    action_name = "action_add_to_case"

    def act(self, turn: Turn) -> list[EventType]:
        number = turn.chosen("case_number") or newest_unsettled(self.desk, turn.conversation_id)
        if number and turn.slot(WAITING):
            return add_to_case(turn, self.desk, number)
        turn.say("utter_nothing_to_add")
        return []


class ActionCaseUpdate(DialogueAction):
    """Material for a case is taken here; every other change of it takes a person."""

    action_name = "action_case_update"

    def act(self, turn: Turn) -> list[EventType]:
        number = newest_unsettled(self.desk, turn.conversation_id)
        if not number:
            return offer_a_person(turn, all_topics()[ADDS])
        if turn.slot(WAITING) and _SAYS_ADD.search(turn.text):
            return add_to_case(turn, self.desk, number)
        turn.say("utter_material_how", case_number=number)
        return [SlotSet("topic", ADDS), SlotSet("case_number", number), SlotSet("offer", "person")]


class ActionReopenCase(DialogueAction):
    """Open a case again whose matter is not solved, and offer a person."""

    action_name = "action_reopen_case"

    def act(self, turn: Turn) -> list[EventType]:
        number = turn.chosen("case_number")
        if not number:
            turn.say("utter_what_for")
            return []
        try:
            self.desk.reopen_case(turn.key(), number, turn.conversation_id)
        except DeskError as refusal:
            return _not_found(turn, refusal, "utter_reopen_not_possible", number)
        turn.say("utter_case_reopened", case_number=number)
        return [SlotSet("case_number", number), SlotSet("offer", "person")]


def _not_found(turn: Turn, refusal: DeskError, response: str, number: str) -> list[EventType]:
    """A case that is not this conversation's, or settled for good, is not the user's fault."""
    if refusal.code != "not_found":
        raise refusal
    turn.say(response, case_number=number)
    return [SlotSet("offer", "person")]
