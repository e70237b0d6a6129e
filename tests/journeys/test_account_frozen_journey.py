"""A frozen account through the real parts: proved, looked up, explained, and a case for what stays frozen."""

from __future__ import annotations

import pytest

from tests.journeys.pictures import screenshot
from tests.journeys.topics import are_filed_as_pictures, is_at_the_console, nothing_was_opened, number_told

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TRIAGE = {"topic": "account_frozen", "priority": "high", "skill_group": "account_security"}
FROZEN, PHONE = "frozen_amy", "13800002222"


def has_tried_the_steps(user) -> None:
    """Up to the question what the freeze says."""
    assert "安全风险" in user.ask(f"账号被冻结了 {FROZEN} {PHONE}")
    user.choose("还是不行")


def test_what_stays_frozen_becomes_a_case(user, chen):
    user.ask("我的账号显示已冻结怎么解冻")
    user.ask(FROZEN)
    assert "没有被处罚" in user.ask(PHONE)
    user.choose("还是不行")
    user.ask("人脸验证未通过")
    summary = user.choose(f"用 {PHONE[:3]}")
    assert "人脸验证未通过" in summary
    number = number_told(user.choose("确认提交"))
    is_at_the_console(chen, user, number, douyin_id=FROZEN, **TRIAGE)
    assert chen.fields_of(number)["freeze_notice"] == "人脸验证未通过"


def test_another_ones_phone_opens_no_look_at_the_account(user):
    answer = user.ask(f"账号被冻结了 {FROZEN} 13800001111")
    assert "没有查到" in answer and "安全风险" not in answer


def test_a_phone_told_wrong_twice_is_put_right_at_the_end(user, chen):
    has_tried_the_steps(user)
    user.choose("没有提示")
    assert "7 位" in user.ask("1380000")
    assert "号段" in user.ask("12345678901")
    user.ask("13911112222")
    assert "138****1111" in user.ask("电话写错了，是 13800001111")
    number = number_told(user.choose("确认提交"))
    assert is_at_the_console(chen, user, number, **TRIAGE)["contact_phone"] == "138****1111"


def test_a_picture_on_the_way_goes_along_with_the_case(user, chen):
    has_tried_the_steps(user)
    assert "收到图片 1 张" in user.show(screenshot())
    user.choose("没有提示")
    user.choose(f"用 {PHONE[:3]}")
    number = number_told(user.choose("确认提交"))
    are_filed_as_pictures(chen, is_at_the_console(chen, user, number, **TRIAGE), 1)


def test_who_is_unfrozen_by_the_steps_opens_no_case(user, chen):
    user.ask(f"账号被冻结了 {FROZEN} {PHONE}")
    user.choose("解冻了")
    nothing_was_opened(chen, user)


def test_a_mind_that_changes_opens_no_case(user, chen):
    has_tried_the_steps(user)
    user.choose("没有提示")
    user.choose(f"用 {PHONE[:3]}")
    user.ask("算了不弄了，取消吧")
    nothing_was_opened(chen, user)
