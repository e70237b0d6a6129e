"""Login trouble: steps to try first, then a case. Stolen and frozen accounts are other matters."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.cases import AskConfirmation, CaseForm, OpenCase, optional
from actions.choices import choice_label, find_choice, finder, read_choice
from actions.collected import LOGIN
from actions.devices import DEVICE_NAMED, find_device, read_device
from actions.forms import Question, Settled, said_anew
from actions.turn import Turn, leave_form
from actions.values import (
    Problem,
    Reading,
    Value,
    find_douyin_id,
    find_phone,
    fold,
    read_douyin_id,
    read_phone,
    read_prose,
)

LONGEST_ERROR = 200
PHONE_LENGTH = "phone_length"
ID_IS_PHONE = "id_is_phone"
# Not so where it is denied: 「不是被盗」.
_STOLEN = re.compile(
    r"(?<!不是)(?<!没有)(?<!没)(?:被盗|盗号|被人?盗了|别人(?:登|改|绑)|被(?:别)?人(?:登|改|换|绑|顶)|异地登录)|\b(?:hacked|stolen)\b",
    re.IGNORECASE,
)
_FROZEN = re.compile(
    r"(?<!不是)(?<!没有)(?<!没)(?:被?冻结|风控|安全风险.{0,4}锁)|\b(?:frozen|locked for)\b", re.IGNORECASE
)
_ERROR_CODE = re.compile(
    r"(?:错误码|错误代码|错误|报错|代码|error\s*code|errcode|code)\s*(?:是|为|[::#=])?\s*(-?\d{1,8}|[A-Z]{1,3}[-_]?\d{2,6})(?!\d)",
    re.IGNORECASE,
)
_NO_ERROR = re.compile(r"(?:什么|啥)?(?:都|也)?(?:没有?|无)(?:任何|什么|啥)?(?:提示|报错|错误|显示)[了啊的]?")
# One digit too few or too many for a mobile number, and still possible as an id.
_NEARLY_PHONE = re.compile(r"1[3-9]\d{8}(?:\d\d)?")


def told_apart(text: str) -> str | None:
    """The other matter a user means by "cannot log in": somebody else is in the account, or it is frozen."""
    text = fold(text)
    if _STOLEN.search(text):
        return "account_stolen"
    return "account_frozen" if _FROZEN.search(text) else None


def find_error_code(text: str) -> str | None:
    """An error code as it was shown. What it means is not known here, and nothing is made up."""
    found = _ERROR_CODE.search(fold(text))
    return found[1] if found else None


class ActionLoginSteps(DialogueAction):
    """What to try first, and whether it helped. What the message tells is kept for the case."""

    action_name = "action_login_steps"

    def act(self, turn: Turn) -> list[EventType]:
        other = told_apart(turn.text)
        if other:
            return said_anew(turn, other, turn.text)
        turn.acknowledge()
        turn.say("utter_login_steps")
        told = {
            "topic": "login_failed",
            "offer": "login_solved",
            "login_method": find_choice("login_method", turn.text),
            "douyin_id": find_douyin_id(turn.text) or turn.slot("douyin_id"),
            "login_phone": find_phone(turn.text),
            "error_text": None,
            "error_code": find_error_code(turn.text),
            "device_model": find_device(turn.text),
        }
        return [SlotSet(name, value) for name, value in told.items()]


class ValidateLoginForm(CaseForm):
    """What the people of account security need: which account, which way in, what was shown."""

    form = "login_form"
    confirm = "login_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"login_failed"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("login_method", read_choice("login_method"), finder("login_method"), named="登录方式|方式|method"),
            Question("douyin_id", _read_account, _find_id, other="login_phone", named="抖音号|账号|id"),
            Question("login_phone", _read_phone, _find_phone, other="douyin_id", named="手机号|电话|号码|phone|number"),
            Question("error_text", _read_error, free_text=True, skipped="", named="提示|报错|错误|error"),
            Question("device_model", optional(read_device), _find_device, skipped="", named=DEVICE_NAMED),
            Question("login_confirm", self.read_confirmation),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        """Of the id and the phone number one is enough."""
        account = [] if known.get("login_phone") else ["douyin_id"]
        return ["login_method", *account, "error_text", "device_model", "login_confirm"]

    def begin(self, turn: Turn) -> dict[str, Any]:
        return self.kept(turn)

    def redone(self, change: str) -> tuple[str, ...]:
        return ("douyin_id", "login_phone") if change == "douyin_id" else (change,)

    def settle(self, turn: Turn, known: Mapping[str, Any], new: Mapping[str, Any]) -> Settled:
        shown = new.get("error_text")
        other = told_apart(shown) if shown else None
        if other:
            return Settled(end=[*leave_form(), *said_anew(turn, other, shown)])
        if "error_text" in new:
            return Settled({"error_code": find_error_code(shown or "")})
        return super().settle(turn, known, new)


def _read_account(turn: Turn) -> Reading:
    """An id; what can only be a phone number is left to the other slot, what nearly is one is asked back once."""
    reading = read_douyin_id(turn.text)
    if not isinstance(reading, Value):
        return reading
    if find_phone(reading.value):
        return Problem(ID_IS_PHONE)
    nearly = _NEARLY_PHONE.fullmatch(reading.value) and turn.slot("slot_problem") != PHONE_LENGTH
    return Problem(PHONE_LENGTH, str(len(reading.value)), near=True) if nearly else reading


def _read_phone(turn: Turn) -> Reading:
    return read_phone(turn.text)


def _find_phone(turn: Turn) -> str | None:
    return find_phone(turn.text)


def _find_id(turn: Turn) -> str | None:
    return find_douyin_id(turn.text)


def _find_device(turn: Turn) -> str | None:
    return find_device(turn.text)


def _read_error(turn: Turn) -> Reading:
    if _NO_ERROR.fullmatch(fold(turn.text)):
        return Value("")
    return optional(lambda turn: read_prose(turn.text, 1, LONGEST_ERROR))(turn)


class ActionAskLoginConfirm(AskConfirmation):
    """The last look at a login case."""

    action_name = "action_ask_login_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        return {"login_method": choice_label("login_method", turn.slot("login_method"), turn.locale)}


class ActionOpenLoginCase(OpenCase):
    """A case for account security."""

    action_name = "action_open_login_case"
    confirm = "login_confirm"
    opened = "utter_login_opened"
    again = "login_again"
    slots = LOGIN

    def case(self, turn: Turn) -> dict[str, Any]:
        return {
            "topic": "login_failed",
            "fields": {name: turn.slot(name) for name in self.slots if name != "login_phone"},
            "douyin_id": turn.slot("douyin_id"),
            "contact_phone": turn.slot("login_phone"),
        }
