"""A frozen account: `ban.py` looks it up and explains; what stays frozen goes to account security."""

from typing import Any

from actions.cases import AskConfirmation, CaseForm, OpenCase, optional, read_contact_phone
from actions.collected import FROZEN
from actions.forms import Question
from actions.turn import Turn
from actions.values import Reading, read_prose

LONGEST_NOTICE = 200


class ValidateFrozenForm(CaseForm):
    """What the app shows, and how to reach the user; whose account it is was proved by the look-up."""

    form = "frozen_form"
    confirm = "frozen_confirm"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset({"account_frozen"})

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question("freeze_notice", optional(_read_notice), free_text=True, skipped="", named="提示|通知|notice"),
            Question("contact_phone", read_contact_phone, named="电话|手机|号码|phone|number"),
            Question("frozen_confirm", self.read_confirmation),
        )


def _read_notice(turn: Turn) -> Reading:
    return read_prose(turn.text, 1, LONGEST_NOTICE)


class ActionAskFrozenConfirm(AskConfirmation):
    """The last look at a case of a frozen account."""

    action_name = "action_ask_frozen_confirm"

    def shown(self, turn: Turn) -> dict[str, str]:
        del turn
        return {}  # nothing was picked from a list


class ActionOpenFrozenCase(OpenCase):
    """A case for account security; the desk knows that it is urgent business."""

    action_name = "action_open_frozen_case"
    confirm = "frozen_confirm"
    opened = "utter_frozen_opened"
    again = "frozen_again"
    slots = (*FROZEN, "contact_phone", "account", "penalty")

    def case(self, turn: Turn) -> dict[str, Any]:
        return {
            "topic": "account_frozen",
            "fields": {"freeze_notice": turn.slot("freeze_notice")},
            "douyin_id": turn.slot("douyin_id"),
            "contact_phone": turn.slot("contact_phone"),
        }
