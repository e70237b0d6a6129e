"""A report of somebody else's content: what it is, what is wrong with it, and a case for content safety."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType

from actions.cases import AskConfirmation, CaseForm, OpenCase, optional, read_evidence
from actions.choices import choice_label, find_choice, read_choice
from actions.collected import REPORT
from actions.forms import Question, Settled
from actions.links import our_links, own_words, read_target
from actions.other_topics import hand_over_at_once
from actions.topics import all_topics
from actions.turn import Turn
from actions.values import Reading, Value, read_prose

LONGEST_DESCRIPTION = 500
HARM_TO_MINORS = "未成年人有害"


class ValidateReportForm(CaseForm):
    """What is reported and why. Where somebody is in danger no form is in the way."""

    form = "report_form"
    confirm = "report_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"report_content"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("report_target", lambda turn: read_target(turn.text), _find_target, named="对象|链接|link|target"),
            Question(
                "violation_category",
                read_choice("violation_category"),
                _find_category,
                named="类别|类型|违规|category",
            ),
            Question(
                "description", optional(_read_description), free_text=True, skipped="", named="说明|描述|description"
            ),
            Question("evidence", read_evidence, skipped=[], named="证据|图片|截图|picture|evidence"),
            Question("report_confirm", self.read_confirmation),
        )

    def cannot_wait(self, turn: Turn) -> list[EventType]:
        danger = all_topics()["report_content"].says_danger(own_words(turn.text))
        return self._hand_over(turn, "report_content", self.found(turn)) if danger else []

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        if new.get("violation_category") == HARM_TO_MINORS:
            return Settled(end=self._hand_over(turn, "report_minor_harm", new))
        cannot_wait = self.cannot_wait(turn)  # a first message comes here only
        return Settled(end=cannot_wait) if cannot_wait else super().settle(turn, known, new)

    def _hand_over(self, turn: Turn, topic: str, told: Mapping[str, Any]) -> list[EventType]:
        return [*hand_over_at_once(turn, all_topics()[topic], **told), *self.end()]


def _find_target(turn: Turn) -> dict[str, str] | None:
    """In a first message only a link is plainly what it is about."""
    reading = read_target(turn.text) if our_links(turn.text) else None
    return reading.value if isinstance(reading, Value) else None


def _find_category(turn: Turn) -> str | None:
    return find_choice("violation_category", own_words(turn.text))


def _read_description(turn: Turn) -> Reading:
    return read_prose(turn.text, 1, LONGEST_DESCRIPTION)


class ActionAskReportConfirm(AskConfirmation):
    """The last look at a report."""

    action_name = "action_ask_report_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        return {
            "report_target": next(iter(turn.slot("report_target").values())),
            "violation_category": choice_label("violation_category", turn.slot("violation_category"), turn.locale),
        }


class ActionOpenReportCase(OpenCase):
    """A case for content safety."""

    action_name = "action_open_report_case"
    confirm = "report_confirm"
    opened = "utter_report_opened"
    again = "report_again"
    slots = REPORT

    def case(self, turn: Turn) -> dict[str, Any]:
        target = turn.slot("report_target")
        told = {name: turn.slot(name) for name in ("violation_category", "description")}
        return {
            "topic": "report_content",
            "fields": target | told,
            "links": [target["content_url"]] if "content_url" in target else [],
        }
