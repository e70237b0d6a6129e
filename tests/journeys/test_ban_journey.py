"""Journey 1: from "my account is banned" to a person and back, in both pages, on the real parts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import ban
from tests.journeys.pages import ConsolePage, Shots, WidgetPage

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)


def test_a_banned_user_appeals_and_is_helped_by_a_person(widget, console, shots):
    shots.take(console.page, "console-nothing-to-do")
    greets(widget, shots)
    number = appeals(widget, shots)
    widget.reload()
    shots.take(widget.page, "user-after-reload")

    widget.say("转人工")
    widget.sees("工单号")
    expect(widget.page.locator(".banner.is-queue")).to_contain_text("您在第 1 位")
    shots.take(widget.page, "user-in-queue")
    widget.reload()

    is_taken_up(console, widget.conversation_id, number, shots)
    talk(widget, console, shots)
    console.reload()
    widget.reload()

    console.resolve("已转交复核组，三个工作日内回复。")
    shots.take(console.page, "console-resolved")
    widget.sees("已标记为解决")
    shots.take(widget.page, "user-asked-for-csat")
    widget.rate(5, "讲得很清楚，谢谢")
    shots.take(widget.page, "user-has-rated")
    widget.reload()

    widget.say("你是谁")
    widget.sees("不是真人")
    shots.take(widget.page, "user-with-the-bot-again")
    console.reads("不是真人")
    console.reload()
    expect(console.details()).to_contain_text("讲得很清楚，谢谢")
    shots.take(console.page, "console-at-the-end")
    assert widget.complaints == [] and console.complaints == []


def greets(widget: WidgetPage, shots: Shots) -> None:
    widget.sees("自动客服")
    shots.take(widget.page, "user-greeted")


def appeals(widget: WidgetPage, shots: Shots) -> str:
    """From the ban to the case number."""
    widget.say("我的号被封了")
    widget.sees("您的抖音号是什么")
    widget.say("lucky_2020")
    widget.sees("注册手机号")
    shots.take(widget.page, "user-asked-for-proof")
    widget.say("13800001111")
    expect(widget.page.locator(".card").last).to_contain_text("账号封禁")
    widget.sees("现在提交申诉吗")
    shots.take(widget.page, "user-sees-penalty")
    widget.press("提交申诉")
    widget.sees("申诉的理由")
    widget.say(ban.REASON)
    widget.sees("链接吗")
    widget.press("没有")
    widget.sees("哪个手机号")
    widget.press("用 138****1111")
    widget.sees("没问题就提交")
    shots.take(widget.page, "user-checks-appeal")
    widget.press("确认提交")
    widget.sees("申诉已经登记")
    shots.take(widget.page, "user-has-case-number")
    (number,) = ban.numbers_in(widget.bubbles("bot").last.inner_text())
    expect(widget.page.locator(".card .case-digits").last).to_have_text(number)
    return number


def is_taken_up(console: ConsolePage, conversation_id: str, number: str, shots: Shots) -> None:
    """The queue shows it, the brief and the transcript tell what happened, the agent takes it."""
    expect(console.waiting(conversation_id)).to_contain_text("用户要求人工")
    shots.take(console.page, "console-queue")
    console.look_at(conversation_id)
    console.reads("我的号被封了")
    console.reads(number)
    expect(console.details()).to_contain_text("转接摘要")
    expect(console.details()).to_contain_text("lucky_2020")
    expect(console.details()).to_contain_text(re.compile(r"138\*{4}1111"))
    expect(console.details()).to_contain_text(number)
    shots.take(console.page, "console-brief-and-transcript")
    console.claim()
    shots.take(console.page, "console-claimed")


def talk(widget: WidgetPage, console: ConsolePage, shots: Shots) -> None:
    """Agent and user write to each other, each seeing it at once."""
    widget.sees("小林已接入")
    console.write("您好，我是小林，您的申诉我看到了。")
    widget.sees("您的申诉我看到了")
    shots.take(widget.page, "user-with-agent")
    widget.say("谢谢，大概要多久？")
    console.reads("谢谢，大概要多久？")
    console.write("复核一般三个工作日内有结果。")
    widget.sees("三个工作日内有结果")
    shots.take(console.page, "console-talking")
    shots.take(widget.page, "user-talking")
