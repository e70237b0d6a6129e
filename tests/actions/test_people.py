"""Persons, ratings, what is not understood, and steering."""

import pytest

from actions.answers import ActionBareValue
from actions.crisis import ActionCrisis
from actions.desk_client import DeskError
from actions.fallback import ActionNotUnderstood
from actions.feelings import ActionAbuse
from actions.human import ActionHandOver, ValidateHumanForm
from actions.other_topics import ActionOtherTopic
from actions.out_of_scope import ActionOutOfScope
from actions.rating import ActionRate
from actions.steering import ActionCancel, ActionRepeat, ActionResume
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said, start, user_event


class TestHuman:
    def test_the_first_request_is_asked_what_it_is_about(self) -> None:
        answer = start(ValidateHumanForm(), said("转人工", "request_human"))
        assert answer.slots["requested_slot"] == "handoff_reason"

    def test_a_known_topic_needs_no_question(self) -> None:
        answer = start(ValidateHumanForm(), said("转人工", "request_human"), {"topic": "ban_appeal"})
        assert answer.slots["requested_slot"] is None

    def test_neither_does_an_offer_that_was_taken(self) -> None:
        answer = start(ValidateHumanForm(), said("好", "affirm"), {"offer": "person"})
        assert answer.slots["requested_slot"] is None

    def test_nor_the_second_request(self) -> None:
        before = [user_event(said("人工", "request_human")), user_event(said("你好", "greet"))]
        begun = [{"event": "active_loop", "name": "human_form"}]
        answer = run(
            ValidateHumanForm(), said("转人工", "request_human"), before=before, after=begun, form="human_form"
        )
        assert answer.slots["requested_slot"] is None

    def test_the_button_names_the_topic(self) -> None:
        press = said("/request_human", "request_human", 1.0, choice="login_failed")
        answer = start(ValidateHumanForm(), press)
        assert (answer.slots["topic"], answer.slots["requested_slot"]) == ("login_failed", None)

    def test_any_reply_is_a_reason_and_tells_the_topic(self) -> None:
        answer = reply(ValidateHumanForm(), "handoff_reason", said("充值没到账怎么办？", "recharge_not_arrived"))
        assert answer.slots["handoff_reason"] == "充值没到账怎么办？"
        assert answer.slots["topic"] == "recharge_not_arrived"
        assert answer.slots["requested_slot"] is None

    def test_the_handoff_tells_all_that_is_known(self) -> None:
        slots = {
            "topic": "ban_appeal",
            "douyin_id": "lucky_2020",
            "registered_phone": "13800001111",
            "handoff_reason": "",
            "lookups": [{"what": "account", "result": "found", "at": "x"}],
            "failed_turns": 2,
            "case_number": "KF20261124000001",
        }
        answer = run(ActionHandOver(), said("转人工", "request_human"), slots)
        assert answer.responses == ["utter_handoff"]
        assert answer.handoff == {
            "reason": "user_request",
            "topic": "ban_appeal",
            "slots": {
                "douyin_id": "lucky_2020",
                "registered_phone": "13800001111",
                "case_number": "KF20261124000001",
            },
            "attachments": [],
            "lookups": [{"what": "account", "result": "found", "at": "x"}],
            "failed_turns": 2,
            "case_number": "KF20261124000001",
        }

    def test_a_crisis_leaves_any_form_and_asks_nobody(self) -> None:
        desk = FakeDesk()
        answer = run(
            ActionCrisis(desk), said("不想活了", "self_harm_crisis"), {"topic": "ban_appeal"}, form="appeal_form"
        )
        assert desk.calls == []
        assert answer.responses == ["utter_crisis"]
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("crisis", "self_harm_crisis")
        assert answer.others[0]["name"] is None


class TestOtherTopics:
    def test_a_topic_not_carried_offers_a_person(self) -> None:
        answer = run(ActionOtherTopic(), said("视频传不上去", "upload_failed"))
        assert answer.responses == ["utter_topic_not_carried"]
        assert answer.messages[0]["topic_label"] == "上传失败"
        assert answer.slots == {"topic": "upload_failed", "offer": "person"}

    @pytest.mark.parametrize("intent", ["account_stolen", "minor_refund", "report_minor_harm"])
    def test_what_cannot_wait_is_handed_over_at_once(self, intent: str) -> None:
        answer = run(ActionOtherTopic(), said("……", intent))
        assert answer.responses == [f"utter_safety_{intent}", "utter_handoff_urgent"]
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("topic_needs_person", intent)

    def test_fraud_is_urgent_with_a_loss_only(self) -> None:
        lost = run(ActionOtherTopic(), said("我被骗了八千", "report_fraud"))
        assert lost.handoff["slots"] == {"money_lost": True}
        asked = run(ActionOtherTopic(), said("花300块能解封是真的假的", "report_fraud"))
        assert asked.handoff is None
        assert asked.responses == ["utter_safety_report_fraud", "utter_topic_not_carried"]

    def test_a_threat_is_danger(self) -> None:
        answer = run(ActionOtherTopic(), said("他威胁说要来找我", "report_harassment"))
        assert answer.handoff["reason"] == "user_in_danger"


class TestRating:
    @pytest.mark.parametrize(("intent", "satisfied"), [("rate_satisfied", True), ("rate_unsatisfied", False)])
    def test_it_is_stored_once(self, intent: str, satisfied: bool) -> None:
        desk = FakeDesk()
        answer = run(ActionRate(desk), said("……", intent), {"topic": "ban_appeal"})
        assert desk.calls == [("rate", "m1:action_rate:1", "c1", satisfied, "ban_appeal")]
        assert answer.responses == [f"utter_{intent}"]
        assert answer.slots == {"rated": True, "offer": None if satisfied else "person"}

    def test_a_broken_desk_is_told(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("unreachable")
        assert run(ActionRate(desk), said("满意", "rate_satisfied")).responses == ["utter_action_failed"]


class TestNotUnderstood:
    @staticmethod
    def fallback(*ranking: str) -> dict:
        return said("咕噜", "nlu_fallback") | {"intent_ranking": [{"name": n} for n in ("nlu_fallback", *ranking)]}

    def test_once_the_likely_topics_are_buttons_in_plain_words(self) -> None:
        message = self.fallback("chitchat", "app_crash", "inform", "live_quality", "ban_appeal", "order_issue")
        answer = run(ActionNotUnderstood(), message)
        assert answer.responses == ["utter_not_understood"]
        assert answer.messages[0]["buttons"] == [
            {"title": "闪退打不开", "payload": "/app_crash"},
            {"title": "直播画质", "payload": "/live_quality"},
            {"title": "账号被封", "payload": "/ban_appeal"},
        ]

    def test_without_a_likely_topic_it_is_the_menu(self) -> None:
        assert run(ActionNotUnderstood(), self.fallback("chitchat")).responses == ["utter_not_understood_open"]

    def test_twice_a_person_is_offered_and_three_times_called(self) -> None:
        message = self.fallback("app_crash")
        twice = run(ActionNotUnderstood(), message, before=[user_event(message)])
        assert (twice.responses, twice.slots["offer"]) == (["utter_not_understood_again"], "person")
        thrice = run(ActionNotUnderstood(), message, before=[user_event(message)] * 2)
        assert thrice.handoff["reason"] == "not_understood"

    def test_something_understood_in_between_starts_anew(self) -> None:
        message = self.fallback("app_crash")
        before = [user_event(message), user_event(said("你好", "greet"))]
        assert run(ActionNotUnderstood(), message, before=before).responses == ["utter_not_understood"]

    def test_out_of_scope_twice_shows_the_menu(self) -> None:
        message = said("订机票", "out_of_scope")
        assert run(ActionOutOfScope(), message).responses == ["utter_out_of_scope"]
        again = run(ActionOutOfScope(), message, before=[user_event(message)])
        assert again.responses == ["utter_out_of_scope_again"]

    def test_abuse_in_a_row_ends_in_a_choice(self) -> None:
        message = said("滚", "abuse")
        assert run(ActionAbuse(), message, before=[user_event(message)]).responses == ["utter_abuse"]
        assert run(ActionAbuse(), message, before=[user_event(message)] * 2).responses == ["utter_abuse_again"]


class TestSteering:
    def test_cancel_forgets_what_was_filled_in(self) -> None:
        answer = run(ActionCancel(), said("取消", "cancel"), {"douyin_id": "lucky_2020"}, form="penalty_form")
        assert answer.responses == ["utter_cancelled"]
        assert answer.slots["douyin_id"] is None
        assert answer.others[0]["name"] is None

    def test_cancel_without_a_form_changes_nothing(self) -> None:
        answer = run(ActionCancel(), said("取消", "cancel"), {"douyin_id": "lucky_2020"})
        assert (answer.responses, answer.events) == (["utter_nothing_to_cancel"], [])

    def test_the_last_reply_is_said_word_for_word(self) -> None:
        buttons = [{"title": "转人工", "payload": "/request_human"}]
        before = [
            {"event": "bot", "text": "更早", "data": {}},
            user_event(said("你好", "greet")),
            {"event": "bot", "text": "您好", "data": {"buttons": buttons}},
            {"event": "bot", "text": None, "data": {"custom": {"card": {"type": "case"}}}},
        ]
        answer = run(ActionRepeat(), said("再说一遍", "repeat"), before=before)
        assert [m["text"] for m in answer.messages] == ["您好", None]
        assert answer.messages[0]["buttons"] == buttons
        assert answer.cards == [{"type": "case"}]

    def test_coming_back_from_a_person_starts_clean(self) -> None:
        answer = run(ActionResume(), said("/handoff_resolved", "handoff_resolved"), {"topic": "ban_appeal"})
        assert answer.responses == ["utter_resumed"]
        assert (answer.slots["topic"], answer.slots["lookups"]) == (None, None)

    def test_a_bare_case_number_asks_for_progress(self) -> None:
        answer = run(ActionBareValue(), said("KF20261120000001"))
        assert answer.others[1]["parse_data"]["intent"]["name"] == "case_progress"

    def test_a_matter_told_with_a_value_is_taken_up(self) -> None:
        message = said("我号被封了 dy8f3k2 电话13800001111")
        message["intent_ranking"] = [{"name": "inform"}, {"name": "ban_appeal"}]
        answer = run(ActionBareValue(), message)
        assert answer.others[1]["parse_data"]["intent"]["name"] == "ban_appeal"

    def test_so_is_one_told_with_a_link(self) -> None:
        message = said("我要举报一个视频 https://v.douyin.com/iAbCdEf/")
        message["intent_ranking"] = [{"name": "inform"}, {"name": "report_content"}]
        answer = run(ActionBareValue(), message)
        assert answer.others[1]["parse_data"]["intent"]["name"] == "report_content"

    @pytest.mark.parametrize(
        "text",
        [
            "13800001111",
            "我的抖音号是 lucky_2020",
            "昨天晚上",
            "7.9 复制打开抖音，看看【养生】 https://v.douyin.com/a/",
        ],
    )
    def test_any_other_value_is_asked_back(self, text: str) -> None:
        message = said(text)
        message["intent_ranking"] = [{"name": "inform"}, {"name": "ban_appeal"}]
        assert run(ActionBareValue(), message).responses == ["utter_value_for_what"]
