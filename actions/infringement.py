"""An infringement notice, of a work or of a person: the legal route of notice, forwarding and counter-notice."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType

from actions.cases import AskConfirmation, CaseForm, OpenCase, brings_something, read_contact_phone, read_yes_no
from actions.choices import choice_label, choices, find_choice, read_choice
from actions.collected import NOTICE
from actions.evidence import EVIDENCE
from actions.forms import Question, Settled
from actions.links import links_in, our_links, own_words, read_our_links
from actions.other_topics import hand_over_at_once
from actions.topics import all_topics
from actions.turn import Turn
from actions.values import Problem, Reading, Value, find_phone, fold, read_douyin_id, read_prose, says_nothing

COPYRIGHT, PERSONALITY = "infringement_copyright", "infringement_personality"
RIGHTS = {COPYRIGHT: "copyright_type", PERSONALITY: "personality_type"}
MYSELF = "本人"
SHORTEST_PROOF, LONGEST_PROOF = 2, 500
LATER = ""
ATTACHED = "见附件"
_LATER = re.compile(r"稍后|之后|以后|回头|待会|晚点|改天|没准备|\b(?:later|not yet)\b", re.IGNORECASE)
_NOT_READY = re.compile(r"还?没|不齐|缺|\bnot\b", re.IGNORECASE)
_READY = re.compile(r"备好|齐了|准备好|有[的了呢]?$|\bready\b", re.IGNORECASE)
_OF_AGE = re.compile(r"成年了|成年人|已?满\s*18|\b(?:adult|over 18)\b", re.IGNORECASE)
_UNDER_AGE = re.compile(
    r"未成年|未满|不满|小孩|孩子|女儿|儿子|小学|初中|才\S{1,3}岁|\b(?:minor|under 18|child)\b", re.IGNORECASE
)
# A yes is not enough here: who declares something says what it is.
_DECLARES = re.compile(r"保证|承诺|属实|真实|\b(?:declare|true|guarantee)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"(?:不(?:能|敢|想|会|愿意?)?|没法|无法|没办法)(?:保证|承诺|属实|真实|确[定认])|\b(?:not|cannot|can't)\b",
    re.IGNORECASE,
)


class ValidateInfringementForm(CaseForm):
    """What a notice must hold by law. Identity papers are never taken in the chat, only whether they are ready."""

    form = "infringement_form"
    confirm = "infringement_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(RIGHTS)

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("complainant_type", read_choice("complainant_type"), _find_complainant, named="身份|complainant"),
            Question("right_type", _read_right, _find_right, named="权利|right"),
            Question("infringing_url", _read_links, _find_links, other="target_douyin_id", named="侵权链接|infringing"),
            Question("target_douyin_id", _read_impostor),
            Question("victim_is_minor", _read_minor),
            Question("ownership_proof", _read_proof, skipped=LATER, named="权属|原作|证明材料|proof|original"),
            Question("identity_ready", _read_ready),
            Question("contact_phone", read_contact_phone, _find_phone, named="电话|手机|号码|phone|number"),
            Question("statement_truth", _read_statement),
            Question("infringement_confirm", self.read_confirmation),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        """Of a work, what shows whose it is; of a person, whether it is a child."""
        where = [] if known.get("target_douyin_id") else ["infringing_url"]
        special = "victim_is_minor" if topic_of(known.get("right_type")) == PERSONALITY else "ownership_proof"
        last = ["identity_ready", "contact_phone", "statement_truth", "infringement_confirm"]
        return ["complainant_type", "right_type", *where, special, *last]

    def begin(self, turn: Turn) -> dict[str, Any]:
        if not self._says_danger(turn):
            turn.say(f"utter_{topic_in_hand(turn)}_material")
        return super().begin(turn)

    def redone(self, change: str) -> tuple[str, ...]:
        along = {"infringing_url": ("target_douyin_id",), "ownership_proof": (EVIDENCE,)}
        return (change, *along.get(change, ()))

    def cannot_wait(self, turn: Turn) -> list[EventType]:
        return self._hand_over(turn, self.found(turn)) if self._says_danger(turn) else []

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        if new.get("victim_is_minor") or self._says_danger(turn):
            return Settled(end=self._hand_over(turn, new))
        if new.get("statement_truth") is False:
            turn.say("utter_infringement_not_declared")
            return Settled(end=self.end())
        if "right_type" in new:
            return Settled({"topic": topic_of(new["right_type"])})
        return super().settle(turn, known, new)

    def _says_danger(self, turn: Turn) -> bool:
        return all_topics()[topic_in_hand(turn)].says_danger(own_words(turn.text))

    def _hand_over(self, turn: Turn, told: Mapping[str, Any]) -> list[EventType]:
        topic = all_topics()[topic_in_hand(turn)]
        return [*hand_over_at_once(turn, topic, **told), *self.end()]


def topic_in_hand(turn: Turn) -> str:
    """A work or a person: at the form's start the intent says it, then it is known."""
    name = turn.slot("topic") if turn.slot("requested_slot") else turn.intent
    return name if name in RIGHTS else COPYRIGHT


def topic_of(right: str | None) -> str:
    """The topic a right belongs to: of a person, or of a work."""
    return PERSONALITY if right in choices(RIGHTS[PERSONALITY]) else COPYRIGHT


def _read_right(turn: Turn) -> Reading:
    """A right of the topic in hand, or of the other: what it is called in law is not for the user to know."""
    topic = topic_in_hand(turn)
    other = COPYRIGHT if topic == PERSONALITY else PERSONALITY
    reading = read_choice(RIGHTS[topic])(turn)
    return reading if isinstance(reading, Value) else read_choice(RIGHTS[other])(turn)


def _find_right(turn: Turn) -> str | None:
    return find_choice(RIGHTS[topic_in_hand(turn)], own_words(turn.text))


def _find_complainant(turn: Turn) -> str | None:
    """「我公司的商标」 is a company speaking; 「我」 alone is said by everybody."""
    found = find_choice("complainant_type", turn.text)
    return None if found == MYSELF else found


def _read_links(turn: Turn) -> Reading:
    return read_our_links(turn.text)


def _find_links(turn: Turn) -> list[str] | None:
    return our_links(turn.text) or None


def _read_impostor(turn: Turn) -> Reading:
    """Who pretends to be somebody is found by the account; a stolen work only by its link."""
    return read_douyin_id(turn.text) if topic_in_hand(turn) == PERSONALITY else None


def _read_minor(turn: Turn) -> Reading:
    text = fold(turn.text)
    if _OF_AGE.search(text):
        return Value(False)
    return read_yes_no(turn) if turn.intent == "deny" or not _UNDER_AGE.search(text) else Value(True)


def _read_proof(turn: Turn) -> Reading:
    text = fold(turn.text)
    if turn.chosen() in {"later", "skip"} or _LATER.search(text) or says_nothing(text):
        return Value(LATER)
    if turn.attachments and len(text) < SHORTEST_PROOF:
        return Value(ATTACHED)
    reading = read_prose(turn.text, SHORTEST_PROOF, LONGEST_PROOF)
    return Value(reading.value, sure=brings_something(turn)) if isinstance(reading, Value) else reading


def _read_ready(turn: Turn) -> Reading:
    text = fold(turn.text)
    if _NOT_READY.search(text):
        return Value(False)
    return Value(True) if _READY.search(text) else read_yes_no(turn)


def _find_phone(turn: Turn) -> str | None:
    return find_phone(turn.text)


def _read_statement(turn: Turn) -> Reading:
    text = fold(turn.text)
    if _DENIES.search(text) or turn.intent == "deny":
        return Value(False)
    pressed = turn.is_button and turn.intent == "affirm"
    return Value(True) if pressed or _DECLARES.search(text) else Problem("not_declared")


class ActionAskInfringementConfirm(AskConfirmation):
    """The last look at a notice."""

    action_name = "action_ask_infringement_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        right, proof = turn.slot("right_type"), turn.slot("ownership_proof")
        return {
            "complainant_type": choice_label("complainant_type", turn.slot("complainant_type"), turn.locale),
            "right_type": choice_label(RIGHTS[topic_of(right)], right, turn.locale),
            "ownership_proof": choice_label("ownership_proof", proof, turn.locale) or proof,
            "identity_ready": choice_label("yes_no", turn.slot("identity_ready"), turn.locale),
        }


class ActionOpenInfringementCase(OpenCase):
    """A case for the people of legal notices; what is still to come is said in it."""

    action_name = "action_open_infringement_case"
    confirm = "infringement_confirm"
    opened = "utter_infringement_opened"
    again = "infringement_again"
    slots = (*NOTICE, "statement_truth", "contact_phone")

    def case(self, turn: Turn) -> dict[str, Any]:
        topic = topic_of(turn.slot("right_type"))
        original = links_in(turn.slot("ownership_proof") or "")
        told = {name: turn.slot(name) for name in self.slots if name != "contact_phone"}
        pending = {"ownership_pending": turn.slot("ownership_proof") == LATER if topic == COPYRIGHT else None}
        return {
            "topic": topic,
            "fields": told | {"original_url": original} | pending,
            "contact_phone": turn.slot("contact_phone"),
            "links": [*(turn.slot("infringing_url") or []), *original],
        }
