"""A person, please."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.facts import fact
from actions.forms import FormValidation, Question, Settled
from actions.topics import all_topics, kind_of
from actions.turn import Turn
from actions.values import Reading, Value

ASKED_FOR = "request_human"


class ValidateHumanForm(FormValidation):
    """What it is about, asked once, unless it is known or the user insists."""

    form = "human_form"

    @property
    def topics(self) -> frozenset[str]:
        """To this question every topic is an answer."""
        return frozenset(intent for intent, topic in all_topics().items() if topic.kind == "topic") | {ASKED_FOR}

    @property
    def questions(self) -> tuple[Question, ...]:
        return (Question("handoff_reason", _read_reason, _reason_not_to_ask),)

    def begin(self, turn: Turn) -> dict[str, Any]:
        chosen = turn.chosen()
        return {"handoff_reason": None} | ({"topic": chosen} if kind_of(chosen) == "topic" else {})

    def keep(self, turn: Turn, slots: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent goes to the person with all the rest; there is nothing to say of it."""
        del turn, slots
        return {}

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        """The reply also tells the topic, and with it the right people."""
        del known, new
        return Settled({"topic": turn.intent} if kind_of(turn.intent) == "topic" else {})


def _reason_not_to_ask(turn: Turn) -> str | None:
    """Something to fill the reason with when the question would only be in the way."""
    insists = turn.times_lately(ASKED_FOR) >= fact("handoff_repeat_limit")
    known = turn.slot("topic") or turn.chosen() or turn.slot("offer") == "person"
    return "" if insists or known else None


def _read_reason(turn: Turn) -> Reading:
    """Anything is a reason, in the user's words; asking again for a person is reason enough."""
    return Value("" if turn.intent == ASKED_FOR else turn.text)


class ActionHandOver(DialogueAction):
    """Say so and ask the desk for a person."""

    action_name = "action_hand_over"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_handoff")
        return turn.hand_over("user_request")
