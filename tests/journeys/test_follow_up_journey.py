"""After a case, through the real parts: a picture is added to it, a person sees what was sent, it is opened again."""

from __future__ import annotations

import pytest

from tests.journeys.pictures import screenshot
from tests.journeys.topics import are_filed_as_pictures, number_told

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)


def has_reported(user) -> str:
    user.ask("我要举报一个视频 https://v.douyin.com/iAbCdEf/")
    user.choose("诈骗")
    user.choose("没有要补充的")
    user.choose("没有")
    return number_told(user.choose("确认举报"))


def test_pictures_that_come_later_are_added_to_the_case(user, chen):
    number = has_reported(user)
    assert number in user.show(screenshot(30))
    assert "图片 1 张" in user.choose("补到工单")
    assert "图片 2 张" in user.show(screenshot(60), screenshot(90))
    are_filed_as_pictures(chen, chen.case(number), 3)


def test_a_picture_sent_before_a_person_is_asked_for_reaches_them(user, chen):
    assert "关于什么问题" in user.show(screenshot())
    user.ask_for_a_person()
    (handoff,) = chen.waiting(user.conversation_id)
    are_filed_as_pictures(chen, chen.case(handoff["case_number"]), 1)


def test_what_a_person_solved_and_is_not_solved_is_opened_again(user, chen):
    user.ask_for_a_person()
    (handoff,) = chen.waiting(user.conversation_id)
    number = handoff["case_number"]
    chen.claim(user.conversation_id)
    chen.resolve(user.conversation_id)
    user.wait_for_owner("bot")
    assert "还没解决" in user.wait_for_reply()
    assert chen.case(number)["state"] == "resolved"
    assert "重新打开" in user.choose("还没解决")
    assert chen.case(number)["state"] == "open"
