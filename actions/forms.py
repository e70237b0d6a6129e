"""One way to fill any form.

The question asked decides what a message is: its pattern is tried first, whatever the intent seems to be. A reply that
does not fit gets the hint for what is wrong with it, a few times; then the user is offered a way out. A message that
goes before the form (crisis, person, cancel, a clear question) is left to the rules, and the form asks again after it.
Pictures, videos and files may come at any question: they are acknowledged and kept, and no try is counted.
A form says only what it asks, how its answers are read, and what follows when they are there.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import (
    ActionExecuted,
    ActionExecutionRejected,
    EventType,
    FollowupAction,
    SlotSet,
    UserUttered,
)

from actions.base import DialogueAction
from actions.desk_client import DeskError
from actions.evidence import counted
from actions.facts import fact
from actions.hearing import CRISIS, Hearing, Message, hear
from actions.topics import kind_of, label_of
from actions.turn import Turn, leave_form
from actions.values import Problem, Reading, Value, corrects, is_lost

SWITCH = "switch_confirm"
WAY_OUT = "way_out"


@dataclass(frozen=True)
class Question:
    """One slot of a form: how a reply to it is read, and how it is found where nobody asked for it."""

    slot: str
    read: Callable[[Turn], Reading]
    find: Callable[[Turn], Any] = lambda _turn: None
    free_text: bool = False
    skipped: Any = None  # the value that stands for "passed over"; None: it cannot be
    other: str | None = None  # the slot that a reply may name instead
    named: str | None = None  # a pattern for how users call it when they want to change it


@dataclass(frozen=True)
class Settled:
    """What follows from new answers: more slots, a problem with one of them, or the end of the form."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    problem_at: str | None = None
    problem: Problem | None = None
    end: list[EventType] | None = None


class FormValidation(DialogueAction):
    """The validation action of a form; Rasa runs it at the form's start and for every message to it."""

    form: str
    beside: tuple[str, ...] = ()  # slots of the form that no question needs to ask for

    @property
    def topics(self) -> frozenset[str]:
        """The intents this form is about: to it they are nothing new."""
        return frozenset()

    def name(self) -> str:
        return f"validate_{self.form}"

    @property
    @abstractmethod
    def questions(self) -> tuple[Question, ...]:
        """What the form may ask, in this order."""

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        """The slots to ask for, given what is known."""
        del known
        return [question.slot for question in self.questions]

    def begin(self, turn: Turn) -> dict[str, Any]:
        """The slots a fresh start sets: everything is forgotten unless a form knows better."""
        topic = {"topic": turn.intent} if turn.intent in self.topics else {}
        return {question.slot: None for question in self.questions} | topic

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        """What follows from `new` answers; `known` holds them too."""
        del turn, known, new
        return Settled()

    def found(self, turn: Turn) -> dict[str, Any]:
        """The answers that a message holds without having been asked for them."""
        return {q.slot: value for q in self.questions if (value := q.find(turn)) is not None}

    def cannot_wait(self, turn: Turn) -> list[EventType]:
        """What a message demands before it is heard as a reply; mostly nothing."""
        del turn
        return []

    def keep(self, turn: Turn, slots: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent waits until something can use it, and the user hears so; a form that can returns more slots."""
        del slots
        if turn.attachments:
            turn.say("utter_attachment_kept", received=counted(turn.attachments))
        return {}

    # --- the mechanism ---

    def act(self, turn: Turn) -> list[EventType]:
        if self._is_starting(turn):
            return self._start(turn)
        asked = turn.slot("requested_slot")
        if self._was_answered_elsewhere(turn):
            return self._ask_on(turn, asked)
        if turn.intent != CRISIS and (events := self.cannot_wait(turn)):
            return events
        if asked == SWITCH:
            return self._after_switch_question(turn)
        if asked == WAY_OUT:
            return self._after_way_out(turn)
        return self._hear_reply(turn, asked)

    def failed(self, turn: Turn) -> list[EventType]:
        return super().failed(turn) + self.end()

    def end(self, *events: EventType) -> list[EventType]:
        """End the form unfilled: nothing that follows a filled form may follow."""
        return [*events, *leave_form(), FollowupAction("action_listen")]

    def _since_message(self, turn: Turn) -> list[dict[str, Any]]:
        events = turn.events
        last = max((i for i, event in enumerate(events) if event["event"] == "user"), default=0)
        return events[last:]

    def _is_starting(self, turn: Turn) -> bool:
        return any(e["event"] == "active_loop" and e.get("name") == self.form for e in self._since_message(turn))

    def _was_answered_elsewhere(self, turn: Turn) -> bool:
        return any(e["event"] == "action" and e.get("name") != self.form for e in self._since_message(turn))

    def _start(self, turn: Turn) -> list[EventType]:
        slots = self.begin(turn) | dict.fromkeys(self.beside) | {"tries": None}
        found = self.found(turn)
        return self._go_on(turn, slots | found, found)

    def _hear_reply(self, turn: Turn, asked: str) -> list[EventType]:
        question = self._question(asked)
        reading = question.read(turn)
        message = Message(turn.text, turn.intent, turn.confidence, turn.is_button and turn.chosen() is None)
        heard = hear(message, reading, question.free_text, self.topics)
        fits = isinstance(reading, Value)
        if not question.free_text and kind_of(turn.intent) != "stop":
            events = self._corrected(turn) or ([] if fits else self._about_the_form(turn, question, reading))
            if events:
                return events
        if heard is Hearing.STEP_ASIDE:
            return [ActionExecutionRejected(self.form)]
        if heard is Hearing.ASK_TO_SWITCH:
            return self._ask_to_switch(turn)
        if fits:
            new = {asked: reading.value} | self._said_along(turn, asked, reading.value)
            return self._go_on(turn, new, new)
        return self._problem(turn, asked, reading or Problem("missing"))

    def _corrected(self, turn: Turn) -> list[EventType]:
        """A change of an answer given before: it is asked for again, or taken if the message holds it."""
        for question in self.questions:
            if turn.attachments and question.slot in self.beside:
                continue  # what is sent adds to what was sent before, whatever is said with it
            if question.named and turn.slot(question.slot) is not None and corrects(turn.text, question.named):
                value = question.read(turn)
                new = {question.slot: value.value if isinstance(value, Value) and value.sure else None}
                return self._go_on(turn, new, new)
        return []

    def _about_the_form(self, turn: Turn, question: Question, reading: Reading) -> list[EventType]:
        """Replies that do not answer the question and still belong to the form, whatever the intent seems to be."""
        if is_lost(turn.text):
            return self._problem(turn, question.slot, Problem("lost"))
        if question.other and not (isinstance(reading, Problem) and reading.near):
            other = self._question(question.other).read(turn)
            if isinstance(other, Value) and other.sure:
                return self._go_on(turn, {question.other: other.value}, {question.other: other.value})
        return []

    def _said_along(self, turn: Turn, asked: str, answer: Any) -> dict[str, Any]:
        """Answers to questions not asked yet that came with this one."""
        unknown = [q for q in self.questions if q.slot != asked and turn.slot(q.slot) is None]
        return {q.slot: value for q in unknown if (value := q.find(turn)) not in (None, answer)}

    def _go_on(self, turn: Turn, slots: dict[str, Any], new: dict[str, Any]) -> list[EventType]:
        known = self._known(turn) | slots
        try:
            settled = self.settle(turn, known, new)
        except DeskError:
            return [*_slot_events(slots), SlotSet("way_out_kind", "failed"), *self._ask(WAY_OUT)]
        if settled.end is not None:
            return settled.end
        slots = slots | settled.slots
        if settled.problem:
            return [*_slot_events(slots), *self._problem(turn, settled.problem_at, settled.problem)]
        slots |= self.keep(turn, slots)
        known |= slots
        missing = (slot for slot in self.needed(known) if known.get(slot) is None)
        return [*_slot_events(slots), *self._ask(next(missing, None))]

    def _problem(self, turn: Turn, asked: str, problem: Problem) -> list[EventType]:
        """Ask again with the hint; after enough tries offer a way out, after that a person."""
        if turn.attachments:
            return [SlotSet("problem_detail", problem.detail), *self._ask_on(turn, asked, turn.text and problem.code)]
        if turn.slot("requested_slot") == WAY_OUT and turn.chosen() is None:
            turn.say("utter_handoff_slot_retries")
            return [*turn.hand_over("slot_retries"), *self.end()]
        tries = (turn.slot("tries") or {}) | {asked: (turn.slot("tries") or {}).get(asked, 0) + 1}
        counted = [SlotSet("tries", tries), turn.counted_failure()]
        if tries[asked] <= fact("max_slot_retries"):
            return [*counted, SlotSet("problem_detail", problem.detail), *self._ask(asked, problem.code)]
        kind = "plain" if self._question(asked).skipped is None else "skippable"
        return [*counted, SlotSet("stuck_on", asked), SlotSet("way_out_kind", kind), *self._ask(WAY_OUT)]

    def _ask(self, slot: str | None, problem: str | None = None) -> list[EventType]:
        return [SlotSet("slot_problem", problem), SlotSet("requested_slot", slot)]

    def _ask_on(self, turn: Turn, slot: str | None, problem: str | None = None) -> list[EventType]:
        """Go on asking; what was sent meanwhile is kept first."""
        return [*_slot_events(self.keep(turn, {})), *self._ask(slot, problem or None)]

    def _after_way_out(self, turn: Turn) -> list[EventType]:
        stuck_on, chosen = turn.slot("stuck_on"), turn.chosen()
        if turn.slot("way_out_kind") == "failed":
            known = self._known(turn)
            answered = {slot: value for slot, value in known.items() if value is not None}
            return (
                self._go_on(turn, answered, answered) if chosen == "retry" else self._hear_reply(turn, self._next(turn))
            )
        if chosen == "again":
            return [SlotSet("tries", None), *self._ask(stuck_on)]
        if chosen == "skip" and (skipped := self._question(stuck_on).skipped) is not None:
            return self._go_on(turn, {stuck_on: skipped}, {stuck_on: skipped})
        return self._hear_reply(turn, stuck_on)

    def _ask_to_switch(self, turn: Turn) -> list[EventType]:
        return [
            SlotSet("switch_topic", turn.intent),
            SlotSet("switch_text", turn.text or None),
            SlotSet("switch_label", label_of(turn.intent, turn.locale)),
            *self._ask(SWITCH),
        ]

    def _after_switch_question(self, turn: Turn) -> list[EventType]:
        if turn.intent == "affirm" or turn.intent == turn.slot("switch_topic"):
            emptied = dict.fromkeys((*(question.slot for question in self.questions), *self.beside))
            anew = said_anew(turn, turn.slot("switch_topic"), turn.slot("switch_text"))
            return [*_slot_events(emptied), *leave_form(), *anew]
        if turn.intent == "deny":
            return self._ask_on(turn, self._next(turn))
        return self._hear_reply(turn, self._next(turn))

    def _question(self, slot: str) -> Question:
        return next(question for question in self.questions if question.slot == slot)

    def _known(self, turn: Turn) -> dict[str, Any]:
        return {question.slot: turn.slot(question.slot) for question in self.questions}

    def _next(self, turn: Turn) -> str:
        known = self._known(turn)
        needed = self.needed(known)
        return next((slot for slot in needed if known.get(slot) is None), needed[-1])


def said_anew(turn: Turn, topic: str, text: str | None) -> list[EventType]:
    """The turn as if the user had just opened the topic: the rules take it from there."""
    intent = {"name": topic, "confidence": 1.0}
    text = text or f"/{topic}"
    parse_data = {"text": text, "intent": intent, "intent_ranking": [intent], "entities": []}
    message = UserUttered(text, parse_data, input_channel=turn.message.get("input_channel"))
    return [ActionExecuted("action_listen"), message | {"metadata": turn.metadata}]


def _slot_events(slots: Mapping[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in slots.items()]
