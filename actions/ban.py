"""A banned account: look the penalty up, explain it, appeal against it."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.cases import AskConfirmation, CaseForm, OpenCase, read_contact_phone, read_evidence
from actions.desk_client import DeskError
from actions.evidence import EVIDENCE
from actions.facts import fact
from actions.forms import FormValidation, Question, Settled
from actions.turn import Turn, forget, shown_time
from actions.values import (
    Problem,
    Reading,
    Value,
    find_douyin_id,
    find_phone,
    read_douyin_id,
    read_phone,
    read_prose,
)

SHORTEST_REASON, LONGEST_REASON = 10, 500
IS_PHONE = "id_is_phone"
# Under which topic people deal with a penalty of this kind; ban_appeal where nothing is said.
TOPIC_OF_PENALTY = {
    "live_ban": "live_ban_appeal",
    "mute": "function_restricted",
    "function_limit": "function_restricted",
}
# An account that is said to be frozen may be penalised, and the other way round: the look-up tells.
PENALTY_TOPICS = frozenset(
    {"ban_appeal", "ban_reason_query", "live_ban_appeal", "function_restricted", "account_frozen"}
)
PENALTY_SHOWN = (
    "type_label",
    "reason",
    "rule",
    "started_at",
    "ends_at",
    "permanent",
    "appeal_deadline",
    "appealable",
)


class ValidatePenaltyForm(FormValidation):
    """Whose account it is, and the proof that it is the user's."""

    form = "penalty_form"

    @property
    def topics(self) -> frozenset[str]:
        return PENALTY_TOPICS

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("douyin_id", _read_id, lambda turn: find_douyin_id(turn.text), named="抖音号|账号|id"),
            Question(
                "registered_phone",
                lambda turn: read_phone(turn.text),
                lambda turn: find_phone(turn.text),
                other="douyin_id",
            ),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        return ["douyin_id"] if known.get("account") else ["douyin_id", "registered_phone"]

    def begin(self, turn: Turn) -> dict[str, Any]:
        """An account that was found once in this conversation need not be asked for again."""
        keep = turn.slot("account") and turn.chosen() != "other_account" and not find_douyin_id(turn.text)
        known = {name: turn.slot(name) if keep else None for name in ("douyin_id", "registered_phone")}
        return super().begin(turn) | known | {"account": None}

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        if not known.get("douyin_id"):
            return Settled()
        # A phone belongs to the id it was given for.
        changed_id = "douyin_id" in new and "registered_phone" not in new and turn.slot("requested_slot") is not None
        phone = None if changed_id else known.get("registered_phone")
        try:
            answer = self.desk.look_up_account(turn.key(), turn.conversation_id, known["douyin_id"], phone)
        except DeskError as refusal:
            if refusal.code != "too_many_tries":
                raise
            return Settled(end=self._too_many_tries(turn, refusal))
        return self._looked_up(turn, answer, phone)

    def _looked_up(self, turn: Turn, answer: dict[str, Any], phone: str | None) -> Settled:
        result = answer["result"]
        account = answer.get("account")
        slots = {"registered_phone": phone, "account": account, "phone_proved": bool(phone and account)}
        if result != "proof_needed":
            slots["lookups"] = turn.noted_lookup("account", result)["value"]
        if result != "not_found":
            return Settled(slots)
        asked = "registered_phone" if phone else "douyin_id"
        return Settled(slots | {asked: None}, asked, Problem("not_found"))

    def _too_many_tries(self, turn: Turn, refusal: DeskError) -> list[EventType]:
        minutes = -(-int(refusal.details.get("retry_after", 3600)) // 60)
        turn.say("utter_too_many_tries", minutes=minutes)
        return self.end(SlotSet("offer", "person"), *forget("douyin_id", "registered_phone", "account"))


def _read_id(turn: Turn) -> Reading:
    """An id can look like a phone number; whoever sends such a one twice means it."""
    reading = read_douyin_id(turn.text)
    looks_like_phone = isinstance(reading, Value) and find_phone(reading.value) == reading.value
    return Problem(IS_PHONE) if looks_like_phone and turn.slot("slot_problem") != IS_PHONE else reading


class ActionExplainPenalty(DialogueAction):
    """Say what stands against the account, and what can be done about it."""

    action_name = "action_explain_penalty"

    def act(self, turn: Turn) -> list[EventType]:
        account = turn.slot("account")
        active = sorted((p for p in account["penalties"] if p["active"]), key=severity)
        if not active:
            return self._nothing_active(turn, account)
        penalty = active[0]
        self._explain(turn, account, penalty, others=len(active) - 1)
        kept = {
            "penalty": penalty,
            "penalty_type": penalty["type_label"],
            "penalty_permanent": penalty["permanent"] or None,
            "topic": topic_of(penalty),
            "offer": self._offer(turn, penalty),
            "fraud_warned": True,
        }
        return [SlotSet(name, value) for name, value in kept.items()]

    def _nothing_active(self, turn: Turn, account: dict[str, Any]) -> list[EventType]:
        frozen = account["status"] == "frozen"
        turn.say("utter_account_frozen" if frozen else "utter_no_penalty", douyin_id=account["douyin_id"])
        topic = [SlotSet("topic", "account_frozen")] if frozen else []
        return [*topic, SlotSet("penalty", None), SlotSet("offer", "frozen_solved" if frozen else "person")]

    def _explain(self, turn: Turn, account: dict[str, Any], penalty: dict[str, Any], others: int) -> None:
        turn.show({"type": "penalty", **{name: penalty.get(name) for name in PENALTY_SHOWN}})
        turn.say(
            "utter_penalty_permanent" if penalty["permanent"] else "utter_penalty_term",
            douyin_id=account["douyin_id"],
            type_label=penalty["type_label"],
            penalty_reason=penalty["reason"].rstrip("。."),  # a sentence there, a clause here
            ends_at=shown_time(penalty["ends_at"]),
        )
        if others:
            turn.say("utter_more_penalties", others=others)

    def _offer(self, turn: Turn, penalty: dict[str, Any]) -> str:
        if penalty["appealable"] and not penalty["appeal_filed"]:
            warned = turn.slot("fraud_warned")
            response = "utter_offer_appeal" if warned else "utter_offer_appeal_with_warning"
            turn.say(response, deadline=shown_time(penalty["appeal_deadline"]) or "—")
            return "appeal"
        turn.say(f"utter_appeal_{why_not_appealable(penalty)}")
        return "person"


def topic_of(penalty: Mapping[str, Any]) -> str:
    """The topic of a penalty's appeal."""
    return TOPIC_OF_PENALTY.get(penalty["type"], "ban_appeal")


def severity(penalty: Mapping[str, Any]) -> tuple[int, bool, bool]:
    """A sorting key, most severe first: by kind, then the permanent ones, then those without an appeal running."""
    kinds = fact("penalty_types")
    kind = kinds.index(penalty["type"]) if penalty["type"] in kinds else len(kinds)
    return kind, not penalty["permanent"], bool(penalty["appeal_filed"])


def why_not_appealable(penalty: Mapping[str, Any]) -> str:
    """The word for the reason, as the desk has it."""
    if penalty["appeal_filed"]:
        return "already_filed"
    if penalty.get("appeals_left") == 0:
        return "used_up"
    return "expired" if penalty.get("appeal_deadline") else "not_appealable"


class ValidateAppealForm(CaseForm):
    """What the user says against the penalty."""

    form = "appeal_form"
    confirm = "appeal_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return PENALTY_TOPICS

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("appeal_reason", _read_reason, free_text=True, named="理由|原因|reason"),
            Question("evidence", read_evidence, skipped=[], named="证据|图片|截图|链接|link|picture|evidence"),
            Question("contact_phone", read_contact_phone, named="电话|手机|号码|phone|number"),
            Question("appeal_confirm", self.read_confirmation),
        )


def _read_reason(turn: Turn) -> Reading:
    return read_prose(turn.text, SHORTEST_REASON, LONGEST_REASON)


class ActionAskAppealConfirm(AskConfirmation):
    """The last look at an appeal."""

    action_name = "action_ask_appeal_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        del turn
        return {}  # nothing was picked from a list


class ActionOpenAppealCase(OpenCase):
    """File the appeal: the desk opens a case for it."""

    action_name = "action_open_appeal_case"
    confirm = "appeal_confirm"
    opened = "utter_appeal_opened"
    not_opened = "utter_appeal_failed"
    again = "appeal_again"
    slots = ("appeal_reason", "contact_phone", "penalty", "account")

    def act(self, turn: Turn) -> list[EventType]:
        try:
            return super().act(turn)
        except DeskError as refusal:
            if refusal.code != "appeal_not_possible":
                raise
            turn.say(f"utter_appeal_{refusal.details.get('why', 'not_appealable')}")
            return [SlotSet("offer", "person"), *forget("appeal_reason", EVIDENCE, "contact_phone", self.confirm)]

    def case(self, turn: Turn) -> dict[str, Any]:
        penalty = turn.slot("penalty")
        return {
            "topic": topic_of(penalty),
            "fields": {
                "appeal_reason": turn.slot("appeal_reason"),
                "penalty_type": penalty["type_label"],
                "penalty_permanent": penalty["permanent"],
            },
            "douyin_id": turn.slot("douyin_id"),
            "contact_phone": turn.slot("contact_phone"),
            "penalty_id": penalty["penalty_id"],
        }
