"""How a case is getting on: the conversation's own ones, or another one against the phone registered for it."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.desk_client import DeskError
from actions.forms import FormValidation, Question, Settled
from actions.turn import Turn, forget, shown_time
from actions.values import Problem, Reading, Value, find_case_number, read_case_number, read_phone

CASES_SHOWN = 3
CASE_SHOWN = ("number", "topic_label", "state", "due_at")


class ValidateProgressForm(FormValidation):
    """Which case, and the proof that it is the user's."""

    form = "progress_form"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"case_progress"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question(
                "asked_case",
                _read_number,
                lambda turn: find_case_number(turn.text, turn.today),
                other="case_phone",
            ),
            Question("case_phone", lambda turn: read_phone(turn.text), other="asked_case"),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        if known.get("cases"):
            return []
        return ["asked_case", "case_phone"] if known.get("asked_case") else ["asked_case"]

    def begin(self, turn: Turn) -> dict[str, Any]:
        return super().begin(turn) | {"cases": None}

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        number, phone = known.get("asked_case"), known.get("case_phone")
        try:
            answer = self.desk.look_up_cases(turn.key(), turn.conversation_id, number, phone)
        except DeskError as refusal:
            if refusal.code != "too_many_tries":
                raise
            return Settled(end=self._too_many_tries(turn, refusal))
        if answer["result"] == "proof_needed":
            return Settled()
        if answer["result"] == "found" and answer["cases"]:
            lookup = turn.noted_lookup("case", "found")["value"]
            return Settled({"cases": answer["cases"], "lookups": lookup})
        if not new:
            return Settled()  # no case of this conversation, and none was named: the form asks for one
        return self._not_found(number, phone)

    def _not_found(self, number: str | None, phone: str | None) -> Settled:
        asked = "case_phone" if number and phone else "asked_case"
        return Settled({asked: None, "case_phone": None}, asked, Problem("not_found"))

    def _too_many_tries(self, turn: Turn, refusal: DeskError) -> list[EventType]:
        minutes = -(-int(refusal.details.get("retry_after", 3600)) // 60)
        turn.say("utter_too_many_tries", minutes=minutes)
        return self.end(SlotSet("offer", "person"), *forget("asked_case", "case_phone"))


def _read_number(turn: Turn) -> Reading:
    return Problem("lost") if turn.intent == "deny" else read_case_number(turn.text, turn.today)


class ActionShowProgress(DialogueAction):
    """Show the cases found, the newest first."""

    action_name = "action_show_progress"

    def act(self, turn: Turn) -> list[EventType]:
        cases = sorted(turn.slot("cases"), key=lambda case: case["created_at"], reverse=True)
        for case in cases[:CASES_SHOWN]:
            turn.show({"type": "case", **{name: case.get(name) for name in CASE_SHOWN}})
        newest = cases[0]
        turn.say(
            f"utter_progress_{newest['state']}",
            case_number=newest["number"],
            last_event=newest["last_event_label"],
            due_at=shown_time(newest["due_at"]),
        )
        if len(cases) > 1:
            turn.say("utter_progress_more", count=len(cases))
        # Whoever takes over after this needs the people who have the case.
        told = [SlotSet("case_number", newest["number"]), SlotSet("topic", newest["topic"])]
        return [*told, *forget("cases", "asked_case", "case_phone")]


def names_a_case(turn: Turn) -> bool:
    """Does the message hold a case number?"""
    return isinstance(read_case_number(turn.text, turn.today), Value)
