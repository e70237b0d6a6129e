"""A notice of infringement through the real parts: material, links, a statement of truth, to the legal people."""

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

COPYRIGHT = {"topic": "infringement_copyright", "priority": "normal", "skill_group": "ip_legal"}
PERSONALITY = {"topic": "infringement_personality", "priority": "high", "skill_group": "ip_legal"}
STOLEN, ORIGINAL = "https://v.douyin.com/iAbCdEf/", "https://v.douyin.com/iOwnOwn/"


def names_the_copy(user) -> None:
    """Up to the question for the proof of ownership."""
    assert "不侵权" in user.ask("别人搬运我视频，我要投诉")
    user.choose("本人")
    user.ask(f"就是这个 {STOLEN}")


def declares_and_sends(user) -> str:
    """From the question about papers to the case number."""
    user.choose("备好了")
    user.ask("13911112222")
    user.choose("我确认属实")
    return number_told(user.choose("确认提交"))


def test_a_notice_with_the_original_work_goes_the_legal_way(user, chen):
    names_the_copy(user)
    user.ask(f"原作在 {ORIGINAL} 有原片")
    user.choose("备好了")
    user.ask("13911112222")
    assert "亲口" in user.ask("好的")
    user.choose("我确认属实")
    answer = user.choose("确认提交")
    assert "依法转送" in answer and "我们会和对方沟通" not in answer
    case = is_at_the_console(chen, user, number_told(answer), **COPYRIGHT)
    assert case["contact_phone"] == "139****2222" and STOLEN in case["links"]


def test_pictures_prove_the_ownership(user, chen):
    names_the_copy(user)
    user.show(screenshot(30), screenshot(60), text="原片工程截图")
    number = declares_and_sends(user)
    are_filed_as_pictures(chen, is_at_the_console(chen, user, number, **COPYRIGHT), 2)


def test_the_proof_may_follow_and_the_phone_may_change(user, chen):
    user.ask("我公司商标被人拿去当头像卖货")
    user.ask("https://www.douyin.com/user/MS4wLjABAAAA")
    user.choose("稍后补充")
    user.ask("还没准备好")
    user.ask("13911112222")
    user.choose("我确认属实")
    assert "138****1111" in user.ask("电话不对，换成 13800001111")
    number = number_told(user.choose("确认提交"))
    case = is_at_the_console(chen, user, number, attachments=[], **COPYRIGHT)
    assert case["contact_phone"] == "138****1111"


def test_a_link_told_wrong_twice_gets_its_hints_and_then_a_person(user, lin):
    user.ask("有人搬运我的作品，我要投诉")
    user.choose("本人")
    assert "至少要有一条" in user.ask("就在他主页上呀")
    assert "bilibili.com" in user.ask("https://www.bilibili.com/video/BV1")
    user.ask("真的有的")
    user.choose("转人工")
    is_handed_over(lin, user, **COPYRIGHT)


def test_who_cannot_say_that_it_is_true_sends_nothing(user, chen):
    names_the_copy(user)
    user.choose("稍后补充")
    user.choose("备好了")
    user.ask("13911112222")
    user.choose("不能确认")
    nothing_was_opened(chen, user)


def test_an_impostor_is_found_by_the_account(user, chen):
    user.ask("有人拿我照片冒充我")
    user.choose("本人")
    user.ask("fake_amy2020")
    user.choose("已成年")
    is_at_the_console(chen, user, declares_and_sends(user), **PERSONALITY)


def test_a_minor_goes_to_a_person_with_what_is_known(user, lin):
    user.ask("有人拿我照片冒充我")
    user.choose("本人")
    user.ask(STOLEN)
    user.choose("是未成年人")
    is_handed_over(lin, user, reason="user_in_danger", topic="infringement_personality", priority="urgent")


def test_intimate_pictures_go_to_a_person_at_once(user, lin):
    user.ask("分手后他把我私密照发出来了")
    is_handed_over(lin, user, reason="user_in_danger", topic="infringement_personality", priority="urgent")
