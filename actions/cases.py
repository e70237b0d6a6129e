"""What the forms that end in a case have in common: a look at everything before it is sent, and the sending."""

import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.evidence import (
    EVIDENCE,
    MOST_ATTACHMENTS,
    WAITING,
    attachments_in,
    counted,
    ids_of,
    room_for,
    with_links,
)
from actions.forms import FormValidation, Settled
from actions.links import links_in
from actions.topics import kind_of
from actions.turn import Turn, forget, shown_time
from actions.values import Problem, Reading, Value, read_links, read_phone, says_nothing

CARD_SHOWS = ("number", "topic_label", "state", "due_at")
PASSED_OVER = frozenset({"none", "skip"})
NOTHING = (None, "", [])
_SKIPS = re.compile(r"跳过|略过|先跳过吧?|skip(?: it)?|pass|leave it out|next", re.IGNORECASE)


class CaseForm(FormValidation):
    """A form whose last question is whether all of it is right."""

    confirm: str
    beside = (EVIDENCE,)

    def redone(self, change: str) -> tuple[str, ...]:
        """The slots to ask for anew when the user wants to change one."""
        return (change,)

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        del turn, known
        change = new.get(self.confirm)
        if change == "edit":
            return Settled({self.confirm: None}, self.confirm, Problem("edit"))
        if change not in (None, "yes"):
            return Settled(dict.fromkeys((*self.redone(change), self.confirm)))
        return Settled()

    def keep(self, turn: Turn, slots: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent goes along with the case, at whatever question it comes, and the user hears how much it is."""
        sent = turn.slot(WAITING)
        if not sent:
            return {}
        before = slots.get(EVIDENCE, turn.slot(EVIDENCE)) or []
        taken = room_for(sent, before)
        attached = [*attachments_in(before), *taken]
        response = "utter_evidence_more" if len(attached) > len(taken) else "utter_evidence_taken"
        turn.say(response, received=counted(sent), evidence=counted(attached))
        if len(taken) < len(sent):
            turn.say("utter_evidence_full", most=MOST_ATTACHMENTS)
        return {EVIDENCE: [*before, *taken], WAITING: None}

    def read_confirmation(self, turn: Turn) -> Reading:
        """A yes, the slot to change, or the wish to change something."""
        if turn.intent == "affirm":
            return Value("yes")
        if turn.chosen() in {question.slot for question in self.questions}:
            return Value(turn.chosen())
        if turn.intent in {"deny", "case_update"}:
            return Value("edit")
        return Problem("missing")

    def kept(self, turn: Turn) -> dict[str, Any]:
        """What is known already, for a form that goes on where an answer did not help."""
        return {question.slot: turn.slot(question.slot) for question in self.questions} | {self.confirm: None}


class AskConfirmation(DialogueAction):
    """Ask whether all of it is right: evidence by its number, what was picked from lists in the user's language."""

    def act(self, turn: Turn) -> list[EventType]:
        response = self.action_name.replace("action_", "utter_", 1)
        turn.say(response, evidence=counted(turn.slot(EVIDENCE)), **self.shown(turn))
        return []

    @abstractmethod
    def shown(self, turn: Turn) -> dict[str, str]:
        """Values that are shown in other words than they are kept in."""


class OpenCase(DialogueAction):
    """Open the case of a filled form. Trying again is the same write: the first try may have reached the desk."""

    confirm: str
    opened: str  # the sentence for it
    not_opened: str = "utter_case_failed"
    again: str  # the offer to try again
    slots: tuple[str, ...]  # needed no longer

    @abstractmethod
    def case(self, turn: Turn) -> dict[str, Any]:
        """The case as the desk takes it, without what is the same for all."""

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.slot(self.confirm):
            turn.say("utter_what_for")
            return []
        case = self.desk.open_case(self._key(turn), self._wish(turn))
        turn.show({"type": "case", **{name: case.get(name) for name in CARD_SHOWS}})
        turn.say(self.opened, case_number=case["number"], due_at=shown_time(case["due_at"]))
        return [SlotSet("case_number", case["number"]), *forget(*self.slots, EVIDENCE, self.confirm, "case_key")]

    def failed(self, turn: Turn) -> list[EventType]:
        turn.say(self.not_opened)
        return [SlotSet("case_key", self._key(turn)), SlotSet("offer", self.again), turn.counted_failure()]

    def _wish(self, turn: Turn) -> dict[str, Any]:
        empty = {"douyin_id": None, "contact_phone": None, "penalty_id": None, "links": []}
        case = empty | {"conversation_id": turn.conversation_id} | self.case(turn)
        given = {name: value for name, value in case["fields"].items() if value not in NOTHING}
        evidence = turn.slot(EVIDENCE)
        return case | {
            "fields": given,
            "links": with_links(case["links"], evidence),
            "attachments": ids_of(evidence),
        }

    def _key(self, turn: Turn) -> str:
        return turn.slot("case_key") or turn.key()


def optional(read: Callable[[Turn], Reading], nothing: Any = "") -> Callable[[Turn], Reading]:
    """A reader that also takes the word, or the button, that there is nothing to tell."""

    def read_or_skip(turn: Turn) -> Reading:
        pressed_no = turn.chosen() in PASSED_OVER or (turn.is_button and turn.intent == "deny")
        said_no = says_nothing(turn.text) or _SKIPS.fullmatch(turn.text.strip())
        return Value(nothing) if pressed_no or said_no else read(turn)

    return read_or_skip


def read_yes_no(turn: Turn) -> Reading:
    if turn.intent in {"affirm", "deny"}:
        return Value(turn.intent == "affirm")
    return Problem("yes_no")


def read_contact_phone(turn: Turn) -> Reading:
    """The number just proved, or one that is written out."""
    proved = turn.slot("registered_phone") if turn.slot("phone_proved") else None
    if proved and (turn.chosen() == "known_phone" or turn.intent == "affirm"):
        return Value(proved)
    return read_phone(turn.text)


def brings_something(turn: Turn) -> bool:
    """Does the message bring a link, picture, video or file, and no command with it?"""
    return bool(turn.attachments or links_in(turn.text)) and kind_of(turn.intent) != "stop"


def _read_evidence(turn: Turn) -> Reading:
    """Links, and attachments: those the form keeps at whatever question they come, here they are an answer too."""
    links = links_in(turn.text)
    return Value(links, sure=brings_something(turn)) if links or turn.attachments else read_links(turn.text)


read_evidence = optional(_read_evidence, [])
