"""The one mechanism behind every form."""

import pytest

from actions.ban import ValidateAppealForm, ValidatePenaltyForm
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said

REJECTED = {
    "event": "action_execution_rejected",
    "name": "penalty_form",
    "policy": None,
    "confidence": None,
    "timestamp": None,
}


@pytest.fixture
def form() -> ValidatePenaltyForm:
    return ValidatePenaltyForm(FakeDesk())


@pytest.mark.parametrize("intent", ["request_human", "cancel", "self_harm_crisis", "thanks_bye", "repeat"])
def test_what_goes_before_the_form_is_left_to_the_rules(form: ValidatePenaltyForm, intent: str) -> None:
    assert reply(form, "douyin_id", said("……", intent)).events == [REJECTED]


def test_after_an_answer_from_elsewhere_the_question_comes_again(form: ValidatePenaltyForm) -> None:
    answered = [{"event": "action", "name": "utter_bot_identity"}, {"event": "action", "name": "penalty_form"}]
    asked = {"requested_slot": "douyin_id"}
    answer = run(form, said("你是机器人吗", "bot_identity"), asked, after=answered, form="penalty_form")
    assert answer.slots == {"slot_problem": None, "requested_slot": "douyin_id"}


@pytest.mark.parametrize(
    ("text", "intent"), [("不知道", "nlu_fallback"), ("抖音号在哪看", "settings_howto"), ("我忘了", "minor_mode")]
)
def test_who_is_lost_gets_help_whatever_the_intent_seems(form: ValidatePenaltyForm, text: str, intent: str) -> None:
    answer = reply(form, "douyin_id", said(text, intent))
    assert (answer.slots["slot_problem"], answer.slots["requested_slot"]) == ("lost", "douyin_id")


def test_who_is_lost_can_still_ask_for_a_person(form: ValidatePenaltyForm) -> None:
    assert reply(form, "douyin_id", said("不知道，转人工吧", "request_human")).events == [REJECTED]


def test_an_answer_given_before_can_be_corrected() -> None:
    filled = {"appeal_reason": "我只是发了做饭的视频没有违规", "evidence": [], "contact_phone": "13800001111"}
    form = ValidateAppealForm(FakeDesk())
    answer = reply(form, "appeal_confirm", said("理由再改一下", "case_update"), **filled)
    assert (answer.slots["appeal_reason"], answer.slots["requested_slot"]) == (None, "appeal_reason")
    answer = reply(form, "appeal_confirm", said("电话不对，是 13911112222", "case_update"), **filled)
    assert (answer.slots["contact_phone"], answer.slots["requested_slot"]) == ("13911112222", "appeal_confirm")


def test_another_matter_is_asked_back_with_its_name(form: ValidatePenaltyForm) -> None:
    answer = reply(form, "douyin_id", said("直播好卡", "live_quality"))
    assert answer.slots["switch_topic"] == "live_quality"
    assert answer.slots["switch_label"] == "直播画质"
    assert answer.slots["requested_slot"] == "switch_confirm"


def test_a_yes_leaves_the_form_and_says_the_other_thing_anew(form: ValidatePenaltyForm) -> None:
    answer = reply(
        form,
        "switch_confirm",
        said("好", "affirm"),
        switch_topic="live_quality",
        switch_text="直播好卡",
        douyin_id="lucky_2020",
    )
    assert answer.slots["douyin_id"] is None
    left, listen, message = answer.others
    assert (left["event"], left["name"]) == ("active_loop", None)
    assert listen["name"] == "action_listen"
    assert message["text"] == "直播好卡"
    assert message["parse_data"]["intent"]["name"] == "live_quality"
    assert message["metadata"]["message_id"] == "m1"


def test_a_no_stays(form: ValidatePenaltyForm) -> None:
    answer = reply(form, "switch_confirm", said("不", "deny"), switch_topic="live_quality")
    assert answer.slots == {"slot_problem": None, "requested_slot": "douyin_id"}


def test_the_last_chance_missed_hands_over(form: ValidatePenaltyForm) -> None:
    answer = reply(
        form, "way_out", said("……"), stuck_on="douyin_id", way_out_kind="plain", topic="ban_appeal", failed_turns=3
    )
    assert answer.responses == ["utter_handoff_slot_retries"]
    assert answer.handoff == {
        "reason": "slot_retries",
        "topic": "ban_appeal",
        "slots": {},
        "attachments": [],
        "lookups": [],
        "failed_turns": 3,
        "case_number": None,
    }
    assert answer.others[-1]["name"] == "action_listen"


def test_once_more_starts_counting_anew(form: ValidatePenaltyForm) -> None:
    press = said("/inform", "inform", 1.0, choice="again")
    answer = reply(form, "way_out", press, stuck_on="douyin_id", way_out_kind="plain", tries={"douyin_id": 3})
    assert answer.slots == {"tries": None, "slot_problem": None, "requested_slot": "douyin_id"}


def test_a_crash_ends_the_form_with_a_word() -> None:
    broken = ValidatePenaltyForm(FakeDesk())
    answer = run(broken, said("x"), {"requested_slot": "no_such_slot"}, form="penalty_form")
    assert answer.responses == ["utter_action_failed"]
    assert answer.slots["offer"] == "person"
    assert [e["event"] for e in answer.others] == ["active_loop", "followup"]
