"""Login trouble: steps, told apart from theft and freezing, the form, the case."""

import pytest

from actions.desk_client import DeskError
from actions.login_failed import (
    ActionAskLoginConfirm,
    ActionLoginSteps,
    ActionOpenLoginCase,
    ValidateLoginForm,
    find_error_code,
    told_apart,
)
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said, start

FILLED = {
    "login_method": "微信",
    "douyin_id": "lucky_2020",
    "login_phone": None,
    "error_text": "授权失败，错误码 1105",
    "error_code": "1105",
    "device_model": "",
    "login_confirm": "yes",
}


class TestSteps:
    def test_they_come_first_and_what_was_told_is_kept(self) -> None:
        answer = run(ActionLoginSteps(), said("微信登不上 lucky_2020 错误码1105 苹果15", "login_failed"))
        assert answer.responses == ["utter_login_steps"]
        assert answer.slots == {
            "topic": "login_failed",
            "offer": "login_solved",
            "login_method": "微信",
            "douyin_id": "lucky_2020",
            "login_phone": None,
            "error_text": None,
            "error_code": "1105",
            "device_model": "苹果15",
        }

    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("登不上了，我的号被盗了", "account_stolen"),
            ("密码被人改了登不上", "account_stolen"),
            ("登不上，提示账号已冻结", "account_frozen"),
            ("my account got hacked", "account_stolen"),
            ("不是被盗哈，是我自己把密码忘了", None),
            ("登录转圈", None),
        ],
    )
    def test_another_matter_is_told_apart(self, text: str, topic: str | None) -> None:
        assert told_apart(text) == topic
        answer = run(ActionLoginSteps(), said(text, "login_failed"))
        if topic:
            assert answer.responses == []
            assert answer.others[1]["parse_data"]["intent"]["name"] == topic


class TestForm:
    def test_it_goes_on_with_what_was_told(self) -> None:
        known = {"login_method": "密码", "douyin_id": "lucky_2020", "login_confirm": "yes"}
        answer = start(ValidateLoginForm(), said("还是不行", "deny"), known)
        assert answer.slots["login_method"] == "密码"
        assert answer.slots["login_confirm"] is None
        assert answer.slots["requested_slot"] == "error_text"

    def test_a_phone_number_will_do_for_the_account(self) -> None:
        answer = reply(ValidateLoginForm(), "douyin_id", said("138 0000 1111"), login_method="QQ")
        assert answer.slots["login_phone"] == "13800001111"
        assert answer.slots["requested_slot"] == "error_text"

    def test_what_nearly_is_a_phone_is_asked_back_once(self) -> None:
        once = reply(ValidateLoginForm(), "douyin_id", said("1380000111"), login_method="QQ")
        assert (once.slots["slot_problem"], once.slots["problem_detail"]) == ("phone_length", "10")
        twice = reply(
            ValidateLoginForm(), "douyin_id", said("1380000111"), login_method="QQ", slot_problem="phone_length"
        )
        assert twice.slots["douyin_id"] == "1380000111"

    def test_an_unknown_way_is_asked_back_with_the_list(self) -> None:
        answer = reply(ValidateLoginForm(), "login_method", said("用脸", "inform"))
        assert (answer.slots["slot_problem"], answer.slots["requested_slot"]) == ("choice", "login_method")

    @pytest.mark.parametrize("text", ["没有", "什么提示都没有", "没有提示"])
    def test_no_error_is_an_answer(self, text: str) -> None:
        known = {"login_method": "QQ", "login_phone": "13800001111"}
        answer = reply(ValidateLoginForm(), "error_text", said(text, "nlu_fallback"), **known)
        if text != "什么提示都没有":
            assert answer.slots["error_text"] == ""
        assert answer.slots["requested_slot"] == "device_model"

    def test_the_code_is_taken_out_of_what_was_shown(self) -> None:
        known = {"login_method": "QQ", "login_phone": "13800001111"}
        answer = reply(ValidateLoginForm(), "error_text", said("弹窗说登录异常，错误码：1105"), **known)
        assert answer.slots["error_code"] == "1105"
        assert find_error_code("登录异常") is None

    def test_a_frozen_account_shows_in_what_was_shown(self) -> None:
        known = {"login_method": "QQ", "login_phone": "13800001111"}
        answer = reply(ValidateLoginForm(), "error_text", said("账号存在风险已被冻结"), **known)
        assert answer.others[0]["name"] is None
        assert answer.others[-1]["parse_data"]["intent"]["name"] == "account_frozen"

    def test_changing_the_account_asks_for_either_again(self) -> None:
        press = said("/inform", "inform", 1.0, choice="douyin_id")
        known = {"login_method": "QQ", "login_phone": "13800001111", "error_text": "", "device_model": ""}
        answer = reply(ValidateLoginForm(), "login_confirm", press, **known)
        assert (answer.slots["login_phone"], answer.slots["requested_slot"]) == (None, "douyin_id")


class TestCase:
    def test_the_last_look_is_in_the_users_language(self) -> None:
        answer = run(ActionAskLoginConfirm(), said("x") | {"metadata": {"locale": "en"}}, FILLED)
        assert answer.responses == ["utter_ask_login_confirm"]
        assert answer.messages[0]["login_method"] == "WeChat"

    def test_it_is_opened_once_with_what_is_known(self) -> None:
        desk = FakeDesk()
        answer = run(ActionOpenLoginCase(desk), said("好", "affirm"), FILLED)
        assert desk.calls == [
            (
                "open_case",
                "m1:action_open_login_case:1",
                {
                    "conversation_id": "c1",
                    "topic": "login_failed",
                    "fields": {"login_method": "微信", "error_text": "授权失败，错误码 1105", "error_code": "1105"},
                    "douyin_id": "lucky_2020",
                    "contact_phone": None,
                    "penalty_id": None,
                    "links": [],
                    "attachments": [],
                },
            )
        ]
        assert answer.responses == ["utter_login_opened"]
        assert answer.cards[0]["number"] == answer.slots["case_number"] == "KF20261124000001"
        assert answer.slots["login_confirm"] is None
        assert "douyin_id" not in answer.slots

    def test_a_failed_write_is_tried_again_under_the_same_key(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("unreachable")
        failed = run(ActionOpenLoginCase(desk), said("好", "affirm"), FILLED)
        assert (failed.responses, failed.slots["offer"]) == (["utter_case_failed"], "login_again")
        assert failed.slots["failed_turns"] == 1
        desk.fails_with = None
        later = said("再试一次", "affirm") | {"metadata": {"message_id": "m2"}}
        run(ActionOpenLoginCase(desk), later, FILLED | {"case_key": failed.slots["case_key"]})
        assert desk.calls[0][1] == desk.calls[1][1] == "m1:action_open_login_case:1"

    def test_nothing_confirmed_opens_nothing(self) -> None:
        desk = FakeDesk()
        assert run(ActionOpenLoginCase(desk), said("好", "affirm")).responses == ["utter_what_for"]
        assert desk.calls == []
