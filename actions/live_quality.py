"""Live quality: advice by the operator's presets, and where it does not help a case for live support."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.cases import AskConfirmation, CaseForm, OpenCase, optional, read_yes_no
from actions.choices import choice_label, choices, find_choice, finder, read_choice
from actions.collected import LIVE
from actions.devices import DEVICE_NAMED, find_app_version, find_device, read_app_version, read_device
from actions.facts import fact
from actions.forms import FormValidation, Question
from actions.links import find_room, read_room
from actions.turn import Turn
from actions.values import Problem, Reading, Value, find_douyin_id, fold, is_lost, read_douyin_id, with_digits

STREAMER = "主播"
# Symptoms that the network can cause; the others need no measuring.
OF_NETWORK = frozenset({"模糊", "卡顿", "不同步", "掉线", "参数设置"})
SLOWEST, FASTEST = 0.1, 10000
# From here on "300 兆" is more likely what the broadband is sold as than what it uploads.
LIKELY_DOWNLINK = 100
UNKNOWN = ""
_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(kbps|kb/?s|k|mbps|mb/?s|mb|m|兆|gbps|gb|g|千兆)?(?![\dp])", re.IGNORECASE)
_UPLINK = re.compile(r"上行|上传|\b(?:up|uplink|upload)\b", re.IGNORECASE)
_DOWNLINK = re.compile(r"宽带|下行|下载|\b(?:broadband|downlink|download)\b", re.IGNORECASE)
_AFTER_UPLINK = re.compile(
    r"(?:上行|上传|uplink|upload)\D{0,8}?(\d+(?:\.\d+)?)\s*(kbps|k|mbps|mb|m|兆|g)?", re.IGNORECASE
)
_LIVE_NOW = re.compile(
    r"(?:正在|现在|还在|我在)(?:直播|开播|播)|\b(?:live now|streaming now|streaming right now)\b", re.IGNORECASE
)
_NOT_LIVE = re.compile(r"下播|没有?(?:在|开)?播|播完|结束了|\b(?:not live|offline|ended)\b", re.IGNORECASE)
_THIRD_PARTY = re.compile(r"(?<![a-z])obs(?![a-z])|推流码|第三方(?:软件|工具|推流)|抓流", re.IGNORECASE)


class ValidateLiveForm(FormValidation):
    """What advice depends on: who sees what, and for a streamer what the network can carry."""

    form = "live_form"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"live_quality"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("live_role", read_choice("live_role"), finder("live_role")),
            Question("live_symptom", read_choice("live_symptom"), finder("live_symptom")),
            Question("network_type", read_choice("network_type"), _find_network, named="网络|network"),
            Question("uplink_mbps", read_uplink, _find_uplink, skipped=UNKNOWN, named="上行|上传|uplink|upload"),
            Question("resolution", read_choice("resolution"), finder("resolution"), named="分辨率|清晰度|resolution"),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        always = ["live_role", "live_symptom"]
        if known.get("live_role") != STREAMER or known.get("live_symptom") not in OF_NETWORK:
            return always
        return [*always, "network_type", "uplink_mbps", "resolution"]

    def begin(self, turn: Turn) -> dict[str, Any]:
        """What else the message tells is kept for a case."""
        return super().begin(turn) | {
            "live_room_id": find_room(turn.text),
            "douyin_id": find_douyin_id(turn.text),
            "is_live_now": bool(_LIVE_NOW.search(fold(turn.text))) or None,
            "device_model": find_device(turn.text),
            "app_version": find_app_version(turn.text),
        }


def _find_network(turn: Turn) -> str | None:
    """ "宽带三百兆" speaks of the speed; only the reply to the question says how the user is connected."""
    text = turn.text if turn.slot("requested_slot") else _DOWNLINK.sub(" ", turn.text)
    return find_choice("network_type", text)


def read_uplink(turn: Turn) -> Reading:
    """The uplink in Mbps. What sounds like the broadband's downlink is asked back once."""
    text = with_digits(fold(turn.text))
    told = turn.slot("slot_problem")
    if turn.chosen() == "skip" or (is_lost(text) and told in {"lost", "uplink_broadband"}):
        return Value(UNKNOWN)
    found = _AFTER_UPLINK.search(text) or _SPEED.search(text)
    if not found:
        return Problem("uplink_missing")
    amount, unit = float(found[1]), (found[2] or "").lower()
    if unit.startswith("k"):
        return Problem("uplink_kbps", found[0].strip(), near=True)
    speed = amount * 1000 if unit.startswith(("g", "千")) else amount
    if not SLOWEST <= speed <= FASTEST:
        return Problem("uplink_range", f"{speed:g}", near=True)
    sounds_down = _DOWNLINK.search(text) or speed >= LIKELY_DOWNLINK
    if sounds_down and not _UPLINK.search(text) and told != "uplink_broadband":
        return Problem("uplink_broadband", f"{speed:g}", near=True)
    return Value(int(speed) if speed.is_integer() else speed)


def _find_uplink(turn: Turn) -> float | None:
    found = _AFTER_UPLINK.search(with_digits(fold(turn.text)))
    reading = read_uplink(turn) if found else None
    return reading.value if isinstance(reading, Value) and reading.value != UNKNOWN else None


class ActionLiveAdvice(DialogueAction):
    """Say what to try, and ask whether it helped."""

    action_name = "action_live_advice"

    def act(self, turn: Turn) -> list[EventType]:
        if any(_THIRD_PARTY.search(said) for said in turn.said_lately()):
            turn.say("utter_live_third_party")
        if turn.slot("live_role") != STREAMER:
            turn.say("utter_live_viewer_steps")
            return [SlotSet("offer", "live_better")]
        symptom = choices("live_symptom")[turn.slot("live_symptom")]
        turn.say(f"utter_live_tip_{symptom.name}")
        if turn.slot("live_symptom") in OF_NETWORK:
            self._advise_preset(turn)
        turn.say("utter_live_better")
        return [SlotSet("offer", "live_better")]

    def _advise_preset(self, turn: Turn) -> None:
        uplink = turn.slot("uplink_mbps")
        outcome, preset = advised_preset(None if uplink in (None, UNKNOWN) else uplink, turn.slot("resolution"))
        turn.say(
            f"utter_live_preset_{outcome}",
            preset=preset["name"],
            bitrate=preset["bitrate_kbps"],
            needed=preset["uplink_mbps"],
            uplink=f"{uplink:g}" if isinstance(uplink, float | int) else "",
        )


def advised_preset(uplink: float | None, resolution: str | None) -> tuple[str, Mapping[str, Any]]:
    """How the uplink suits the resolution, and the preset to use: the one chosen, or the best that fits."""
    presets = sorted(fact("live_presets"), key=lambda preset: preset["uplink_mbps"])
    chosen = next((preset for preset in presets if preset["name"] == resolution), None)
    if uplink is None:
        return "unmeasured", chosen or presets[0]
    fitting = [preset for preset in presets if preset["uplink_mbps"] <= uplink]
    if not fitting:
        return "too_slow", presets[0]
    if chosen and chosen not in fitting:
        return "lower", fitting[-1]
    return "fits", chosen or fitting[-1]


class ValidateLiveCaseForm(CaseForm):
    """What live support needs beside it; where it happens is the one thing they cannot do without."""

    form = "live_case_form"
    confirm = "live_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"live_quality"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("is_live_now", _read_live_now, _find_live_now),
            Question("live_room_id", _read_room, _find_room, other="douyin_id", named="直播间|房间|room"),
            Question("douyin_id", _read_id, _find_id, other="live_room_id", named="抖音号|账号|id"),
            Question("device_model", optional(read_device), _find_device, skipped="", named=DEVICE_NAMED),
            Question("app_version", optional(read_app_version), _find_version, skipped="", named="版本|version"),
            Question("live_confirm", self.read_confirmation),
        )

    def needed(self, known: Mapping[str, Any]) -> list[str]:
        """Only who streams can say that the stream is running; of room and id one is enough."""
        place = [] if known.get("douyin_id") else ["live_room_id"]
        return ["is_live_now", *place, "device_model", "app_version", "live_confirm"]

    def begin(self, turn: Turn) -> dict[str, Any]:
        streams = turn.slot("live_role") == STREAMER
        return self.kept(turn) | ({} if streams else {"is_live_now": False})

    def redone(self, change: str) -> tuple[str, ...]:
        return ("live_room_id", "douyin_id") if change == "live_room_id" else (change,)


def _read_live_now(turn: Turn) -> Reading:
    text = fold(turn.text)
    if _NOT_LIVE.search(text):
        return Value(False)
    return Value(True) if _LIVE_NOW.search(text) else read_yes_no(turn)


def _find_live_now(turn: Turn) -> bool | None:
    return True if _LIVE_NOW.search(fold(turn.text)) else None


def _read_room(turn: Turn) -> Reading:
    return read_room(turn.text)


def _find_room(turn: Turn) -> str | None:
    return find_room(turn.text)


def _read_id(turn: Turn) -> Reading:
    return read_douyin_id(turn.text)


def _find_id(turn: Turn) -> str | None:
    return find_douyin_id(turn.text)


def _find_device(turn: Turn) -> str | None:
    return find_device(turn.text)


def _find_version(turn: Turn) -> str | None:
    return find_app_version(turn.text)


class ActionAskLiveConfirm(AskConfirmation):
    """The last look at a live case."""

    action_name = "action_ask_live_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        picked = ("live_role", "live_symptom", "network_type", "resolution")
        labels = {kind: choice_label(kind, turn.slot(kind), turn.locale) for kind in picked}
        streams = turn.slot("live_role") == STREAMER
        live_now = choice_label("yes_no", turn.slot("is_live_now"), turn.locale) if streams else ""
        return labels | {"is_live_now": live_now}


class ActionOpenLiveCase(OpenCase):
    """A case for live support with all that was told; one that is running now says so."""

    action_name = "action_open_live_case"
    confirm = "live_confirm"
    opened = "utter_live_opened"
    again = "live_again"
    slots = LIVE

    def case(self, turn: Turn) -> dict[str, Any]:
        return {
            "topic": "live_quality",
            "fields": {name: turn.slot(name) for name in self.slots},
            "douyin_id": turn.slot("douyin_id"),
        }
