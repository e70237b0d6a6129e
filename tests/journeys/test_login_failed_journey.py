"""Login trouble through the real parts: steps first, then a case; stolen and frozen accounts are told apart."""

from __future__ import annotations

import pytest

from tests.journeys.pictures import screenshot
from tests.journeys.topics import (
    are_filed_as_pictures,
    is_at_the_console,
    is_handed_over,
    nothing_was_opened,
    number_told,
)

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TRIAGE = {"topic": "login_failed", "priority": "normal", "skill_group": "account_security"}


def test_who_is_helped_by_the_steps_opens_no_case(user, chen):
    assert "找回密码" in user.ask("我账号登录不上去了")
    user.choose("解决了")
    nothing_was_opened(chen, user)


def test_what_the_steps_do_not_solve_becomes_a_case_with_all_that_was_said(user, chen):
    user.ask("登不上去了")
    user.choose("还是不行")
    user.choose("微信")
    user.ask("13800001111")
    user.ask("一直提示授权失败，错误码 1105")
    summary = user.ask("华为 Mate 60")
    assert "授权失败" in summary and "138****1111" in summary
    number = number_told(user.choose("确认提交"))
    is_at_the_console(chen, user, number, **TRIAGE)
    noted = chen.fields_of(number)
    assert "授权失败" in noted["error_text"] and noted["device_model"] == "华为 Mate 60"


def test_an_account_told_wrong_twice_gets_its_hints_and_then_a_way_out(user, chen):
    user.ask("登录不上抖音")
    user.choose("还是不行")
    user.choose("密码")
    assert "昵称找不到" in user.ask("豆豆妈")
    assert "10 位" in user.ask("1380000111")
    assert "再填一次" in user.ask("豆豆妈呀")
    user.choose("再填一次")
    user.ask("lucky_2020")
    user.choose("没有提示")
    summary = user.choose("跳过")
    assert "lucky_2020" in summary
    is_at_the_console(chen, user, number_told(user.choose("确认提交")), **TRIAGE)


def test_a_mind_that_changes_before_the_case_is_sent_opens_none(user, chen):
    user.ask("抖音登录不上，抖音号 lucky_2020")
    user.choose("还是不行")
    user.choose("QQ")
    user.choose("没有提示")
    user.choose("跳过")
    user.choose("修改")
    user.choose("账号")
    assert "139****2222" in user.ask("13911112222")
    user.ask("取消")
    nothing_was_opened(chen, user)
    assert user.state()["owner"] == "bot"


def test_a_picture_on_the_way_goes_along_with_the_case(user, chen):
    user.ask("登录不上抖音，抖音号 lucky_2020")
    user.choose("还是不行")
    user.choose("密码")
    assert "收到图片 1 张" in user.show(screenshot())
    user.choose("没有提示")
    user.choose("跳过")
    number = number_told(user.choose("确认提交"))
    are_filed_as_pictures(chen, is_at_the_console(chen, user, number, **TRIAGE), 1)


def test_a_stolen_account_goes_to_a_person_before_everything(user, lin):
    user.ask("登不上了，我的号被盗了")
    is_handed_over(lin, user, topic="account_stolen", priority="urgent", skill_group="account_security")


def test_a_freeze_that_shows_at_the_login_is_looked_up_as_one(user, lin):
    user.ask("登录不上去了")
    user.choose("还是不行")
    user.choose("手机验证码")
    user.ask("frozen_amy")
    user.ask("提示账号存在风险已被冻结")
    user.ask("frozen_amy")
    assert "安全风险" in user.ask("13800002222")
    user.ask("转人工")
    is_handed_over(lin, user, topic="account_frozen", priority="high", skill_group="account_security")
