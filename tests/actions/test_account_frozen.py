"""A frozen account: looked up like a penalty, then a case for account security."""

from actions.account_frozen import ActionOpenFrozenCase, ValidateFrozenForm
from actions.ban import ActionExplainPenalty, ValidatePenaltyForm
from tests.actions.fake_desk import OWNER_PHONE, FakeDesk
from tests.actions.talk import reply, run, said, start


def test_it_is_looked_up_under_its_own_topic() -> None:
    desk = FakeDesk()
    answer = start(ValidatePenaltyForm(desk), said(f"被冻结了 frozen_amy {OWNER_PHONE}", "account_frozen"))
    assert desk.calls == [("look_up_account", "m1:validate_penalty_form:1", "c1", "frozen_amy", OWNER_PHONE)]
    assert answer.slots["topic"] == "account_frozen"


def test_a_freeze_is_explained_and_asked_after() -> None:
    account = {"douyin_id": "frozen_amy", "status": "frozen", "penalties": []}
    answer = run(ActionExplainPenalty(), said("x"), {"account": account})
    assert answer.responses == ["utter_account_frozen"]
    assert answer.slots == {"topic": "account_frozen", "penalty": None, "offer": "frozen_solved"}


def test_the_notice_may_be_missing_and_the_phone_not() -> None:
    press = said("/inform", "inform", 1.0, choice="none")
    answer = reply(ValidateFrozenForm(), "freeze_notice", press)
    assert (answer.slots["freeze_notice"], answer.slots["requested_slot"]) == ("", "contact_phone")
    answer = reply(ValidateFrozenForm(), "contact_phone", said("1380000111"), freeze_notice="")
    assert (answer.slots["slot_problem"], answer.slots["problem_detail"]) == ("phone_length", "10")


def test_the_case_names_the_account_that_was_proved() -> None:
    desk = FakeDesk()
    slots = {
        "freeze_notice": "人脸未通过",
        "contact_phone": OWNER_PHONE,
        "frozen_confirm": "yes",
        "douyin_id": "frozen_amy",
    }
    answer = run(ActionOpenFrozenCase(desk), said("好", "affirm"), slots)
    assert desk.calls == [
        (
            "open_case",
            "m1:action_open_frozen_case:1",
            {
                "conversation_id": "c1",
                "topic": "account_frozen",
                "fields": {"freeze_notice": "人脸未通过"},
                "douyin_id": "frozen_amy",
                "contact_phone": OWNER_PHONE,
                "penalty_id": None,
                "links": [],
                "attachments": [],
            },
        )
    ]
    assert answer.responses == ["utter_frozen_opened"]
