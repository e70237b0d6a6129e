"""Journey: an agent sees a user's evidence and shows something back, says what is missing, and hears how it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.clients import User
from tests.journeys.pages import ConsolePage, Shots
from tests.journeys.pictures import screenshot

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TELL, NOTE = "请您补充一张处罚通知的完整截图。", "等截图，先不催"


def picture(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": screenshot(200)}


def send_picture(user: User, name: str) -> None:
    user.send({"attachments": [user.upload(name, screenshot())["id"]]})


@pytest.fixture
def waiting_user(user: User, lin) -> User:
    """Asked for a person, and showed something meanwhile."""
    user.ask_for_a_person()
    send_picture(user, "一.jpg")
    return user


def test_an_agent_and_a_user_show_each_other_pictures(waiting_user: User, console: ConsolePage, shots: Shots) -> None:
    user = waiting_user
    console.look_at(user.conversation_id)
    console.claim()
    expect(console.pictures()).to_have_count(1)
    expect(console.material()).to_have_count(1)

    console.choose_files(picture("说明.jpg"), {"name": "记录.txt", "mimeType": "text/plain", "buffer": b"words"})
    expect(console.chosen("done")).to_have_count(1)
    expect(console.chosen("failed")).to_contain_text("不支持这种文件")
    shots.take(console.page, "console-one-of-two-refused")
    console.page.get_by_role("button", name="移除 记录.txt").click()
    console.write("请对照这张图。")
    assert [each["name"] for each in user.transcript()[-1]["attachments"]] == ["说明.jpg"]

    send_picture(user, "二.jpg")
    expect(console.pictures()).to_have_count(3)
    expect(console.material()).to_have_count(2)
    shots.take(console.page, "console-pictures")
    console.reload()
    console.resolve("已核对")
    unexpected = [each for each in console.complaints if "415" not in each]
    assert unexpected == []


def test_a_case_is_followed_as_it_changes(waiting_user: User, console: ConsolePage, lin, shots: Shots) -> None:
    user = waiting_user
    lin.claim(user.conversation_id)
    (case,) = lin.cases_of(user.conversation_id)
    console.open_case(case["number"])
    console.wait_for_user(TELL, NOTE)
    told = user.transcript()[-1]["text"]
    assert TELL in told and NOTE not in told
    shots.take(console.page, "console-told-the-user")

    send_picture(user, "补充.jpg")
    expect(console.material()).to_have_count(2)

    lin.resolve(user.conversation_id)
    expect(console.page.locator(".facts")).to_contain_text("还没有评价")
    rating = {"case_number": case["number"], "score": 4, "comment": "很清楚"}
    user.http.post("/api/csat", json=rating).raise_for_status()
    expect(console.page.locator(".facts")).to_contain_text("4 分 · 很清楚")
    shots.take(console.page, "console-rated")
    user.http.post(f"/api/cases/{case['number']}/reopen", json={}).raise_for_status()
    expect(console.page.locator(".head")).to_contain_text("处理中")
    assert console.complaints == []
