"""Livestream quality through the real parts: viewer or streamer, measured, advised, and a case with all of it."""

from __future__ import annotations

import pytest

from tests.journeys.pictures import screenshot
from tests.journeys.topics import are_filed_as_pictures, is_at_the_console, nothing_was_opened, number_told

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TRIAGE = {"topic": "live_quality", "skill_group": "live_support"}


def test_a_viewer_helped_by_the_steps_opens_no_case(user, chen):
    assert "清理缓存" in user.ask("看直播老是转圈")
    user.choose("好了")
    nothing_was_opened(chen, user)


def test_a_streamer_on_air_gets_the_preset_that_fits_and_a_case_of_high_priority(user, chen):
    user.ask("我开播一会就卡成ppt")
    user.choose("Wi-Fi")
    assert "下行" in user.ask("我宽带三百兆")
    user.ask("上行 9 兆")
    assert "1080p30" in user.choose("1080p 60 帧")
    user.choose("还是不行")
    user.choose("正在直播")
    user.ask("https://live.douyin.com/97456265029")
    user.ask("小米14")
    summary = user.ask("33.5.0")
    assert "97456265029" in summary and "小米14" in summary
    number = number_told(user.choose("确认提交"))
    is_at_the_console(chen, user, number, priority="high", **TRIAGE)
    noted = chen.fields_of(number)
    assert noted["uplink_mbps"] == 9 and noted["live_room_id"] == "97456265029"
    assert {"live_role", "live_symptom", "network_type", "resolution", "device_model", "app_version"} <= set(noted)


def test_an_uplink_told_wrong_twice_can_be_left_out(user, chen):
    user.ask("我直播画面好模糊")
    user.ask("网线")
    assert "像是码率" in user.ask("码率3000kbps")
    assert "常见范围" in user.ask("99999兆")
    user.ask("挺快的吧")
    user.choose("跳过")
    assert "720p30" in user.choose("不清楚")
    user.choose("还是不行")
    user.ask("已经下播了")
    user.ask("zhubo666")
    user.choose("跳过")
    user.choose("跳过")
    number = number_told(user.choose("确认提交"))
    is_at_the_console(chen, user, number, priority="normal", **TRIAGE)


def test_a_room_that_changes_before_the_case_is_sent_and_then_the_mind(user, chen):
    user.ask("我用obs开播没声音")
    user.choose("还是不行")
    user.ask("已经下播了")
    user.ask("zhubo666")
    user.choose("跳过")
    user.choose("跳过")
    user.choose("修改")
    user.choose("直播间")
    assert "97456265029" in user.ask("97456265029")
    user.ask("算了不弄了，取消吧")
    nothing_was_opened(chen, user)


def test_a_picture_on_the_way_goes_along_with_the_case(user, chen):
    user.ask("我用obs开播没声音")
    user.choose("还是不行")
    assert "收到图片 1 张" in user.show(screenshot())
    user.ask("已经下播了")
    user.ask("zhubo666")
    user.choose("跳过")
    user.choose("跳过")
    number = number_told(user.choose("确认提交"))
    are_filed_as_pictures(chen, is_at_the_console(chen, user, number, **TRIAGE), 1)
