"""The user steers: stop, say that again; and the desk gives the conversation back."""

from typing import Any

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.turn import Turn, forget, leave_form

# What a form collected and nothing else needs afterwards.
COLLECTED = (
    "douyin_id",
    "registered_phone",
    "phone_proved",
    "account",
    "penalty",
    "penalty_type",
    "penalty_permanent",
    "appeal_reason",
    "evidence",
    "contact_phone",
    "appeal_confirm",
    "login_method",
    "login_phone",
    "error_text",
    "error_code",
    "device_model",
    "app_version",
    "login_confirm",
    "freeze_notice",
    "frozen_confirm",
    "live_role",
    "live_symptom",
    "network_type",
    "uplink_mbps",
    "resolution",
    "is_live_now",
    "live_room_id",
    "live_confirm",
    "report_target",
    "violation_category",
    "description",
    "report_confirm",
    "complainant_type",
    "right_type",
    "infringing_url",
    "target_douyin_id",
    "victim_is_minor",
    "ownership_proof",
    "identity_ready",
    "statement_truth",
    "infringement_confirm",
    "asked_case",
    "case_phone",
    "cases",
    "handoff_reason",
)


class ActionCancel(DialogueAction):
    """Stop what is being filled in, forget it, and ask what else."""

    action_name = "action_cancel"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_cancelled" if turn.form else "utter_nothing_to_cancel")
        return [*leave_form(), *forget(*COLLECTED, "topic")] if turn.form else []


class ActionRepeat(DialogueAction):
    """Say the last reply again; inside a form its question follows anyway."""

    action_name = "action_repeat"

    def act(self, turn: Turn) -> list[EventType]:
        said = last_reply(turn.events)
        if turn.form or not said:
            turn.say("utter_repeat")
            return []
        for message in said:
            data = message.get("data") or {}
            if message.get("text"):
                turn.say_again(message["text"], data.get("buttons"))
            card = (data.get("custom") or {}).get("card")
            if card:
                turn.show(card)
        return []


def last_reply(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the bot said between the user's last two messages."""
    said: list[dict[str, Any]] = []
    before = next((i for i in reversed(range(len(events))) if events[i]["event"] == "user"), 0)
    for event in reversed(events[:before]):
        if event["event"] == "user":
            break
        if event["event"] == "bot":
            said.insert(0, event)
    return said


class ActionResume(DialogueAction):
    """A person gave the conversation back: start from a clean page."""

    action_name = "action_resume"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_resumed")
        return [*leave_form(), *forget(*COLLECTED, "topic", "lookups", "failed_turns")]
