"""Journey: what a user and an agent show each other in the widget, what came meanwhile, and a case opened again."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Route, expect

from tests.journeys.clients import Agent
from tests.journeys.pages import Shots, WidgetPage
from tests.journeys.pictures import screenshot

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

UPLOADS = "**/api/attachments?*"


def picture(name: str, shade: int = 90) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": screenshot(shade)}


def test_pictures_are_sent_with_words_and_seen_again_after_a_reload(widget: WidgetPage, shots: Shots) -> None:
    widget.choose_files(picture("一.jpg"), picture("二.jpg", 200))
    expect(widget.chosen("ready")).to_have_count(2)
    shots.take(widget.page, "user-has-chosen")
    widget.say("我的号被封了")
    widget.sees("您的抖音号是什么")
    expect(widget.pictures("user")).to_have_count(2)
    widget.reload()
    expect(widget.pictures("user")).to_have_count(2)

    widget.pictures("user").last.click()
    large = widget.page.get_by_role("dialog", name="二.jpg")
    expect(large.get_by_alt_text("图片：二.jpg")).to_be_visible()
    shots.take(widget.page, "user-looks-closely")
    widget.page.keyboard.press("ArrowLeft")
    expect(widget.page.get_by_alt_text("图片：一.jpg")).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(widget.page.locator(".lightbox")).to_have_count(0)
    expect(widget.log).to_be_visible()
    assert widget.complaints == []


def test_an_upload_that_is_cut_off_goes_on_where_the_user_wants(widget: WidgetPage, shots: Shots) -> None:
    widget.page.route(UPLOADS, lambda route: route.abort())
    widget.choose_files(picture("一.jpg"))
    expect(widget.chosen("broken")).to_have_count(1)
    shots.take(widget.page, "user-upload-cut-off")
    widget.page.unroute(UPLOADS)
    widget.page.get_by_role("button", name="重新上传 一.jpg").click()
    expect(widget.chosen("ready")).to_have_count(1)
    send(widget)
    widget.sees("图片 1 张")


def test_a_message_sent_before_its_picture_is_up_follows_it(widget: WidgetPage) -> None:
    held: list[Route] = []
    widget.page.route(UPLOADS, lambda route: held.append(route))
    widget.choose_files(picture("一.jpg"))
    expect(widget.chosen("uploading")).to_have_count(1)
    send(widget)
    expect(widget.page.locator(".delivery.is-uploading")).to_be_visible()
    held[0].continue_()
    widget.sees("图片 1 张")
    expect(widget.page.locator(".delivery.is-stored")).to_be_visible()


def test_what_the_desk_does_not_take_is_told_and_can_be_removed(widget: WidgetPage, shots: Shots) -> None:
    widget.choose_files({"name": "坏.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"x" * 99})
    expect(widget.chosen("refused")).to_have_count(1)
    expect(widget.page.locator(".tray-remarks")).to_contain_text("坏.png：文件没有传完整")
    shots.take(widget.page, "user-upload-refused")
    widget.page.get_by_role("button", name="移除 坏.png").click()
    expect(widget.page.locator(".tray")).to_have_count(0)


def test_what_came_while_the_window_was_closed_is_counted_and_marked(widget: WidgetPage, lin: Agent, shots: Shots):
    with_agent(widget, lin)
    widget.close_window()
    lin.write(widget.conversation_id, "请看这张说明。")
    lin.show(widget.conversation_id, screenshot(150))
    launcher = widget.page.get_by_role("button", name="打开客服对话，有 2 条新消息")
    expect(launcher).to_be_visible()
    shots.take(widget.page, "user-has-unread")
    launcher.click()
    expect(widget.log.get_by_text("以下为新消息")).to_be_visible()
    expect(widget.pictures("agent")).to_have_count(1)
    shots.take(widget.page, "user-sees-what-is-new")
    lin.resolve(widget.conversation_id)


def test_a_user_who_is_not_satisfied_opens_the_case_again(widget: WidgetPage, lin: Agent, shots: Shots) -> None:
    with_agent(widget, lin)
    lin.resolve(widget.conversation_id)
    (case,) = lin.cases_of(widget.conversation_id)
    widget.rate(2, "还是登不上")
    widget.page.get_by_role("button", name="还没解决，重新打开工单").click()
    expect(widget.page.locator(".csat-reopened")).to_contain_text(case["number"])
    expect(widget.page.locator(".notice-card").last).to_contain_text("处理中")
    shots.take(widget.page, "user-has-reopened")
    assert lin.case(case["number"])["state"] == "open"


def send(widget: WidgetPage) -> None:
    widget.page.get_by_role("button", name="发送", exact=True).click()


def with_agent(widget: WidgetPage, agent: Agent) -> None:
    """The user asked for a person, and is with this agent."""
    widget.say("转人工")
    widget.press("直接转人工")
    expect(widget.page.locator(".banner.is-queue")).to_be_visible()
    agent.claim(widget.conversation_id)
    widget.sees("小林已接入")
