"""A report of content through the real parts: what, why, with or without evidence, to content safety."""

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

TRIAGE = {"topic": "report_content", "priority": "normal", "skill_group": "content_safety"}
VIDEO = "https://v.douyin.com/iAbCdEf/"


def test_a_video_reported_with_pictures_as_evidence(user, chen):
    user.ask("我要举报一个视频")
    user.ask(f"7.94 复制打开抖音，看看【豆豆妈的作品】养生 {VIDEO} :2pm q@X")
    user.ask("卖假药骗老人的")
    user.ask("第三十秒说包治百病")
    summary = user.show(screenshot(40), screenshot(160))
    assert "图片 2 张" in summary and "包治百病" in summary
    number = number_told(user.choose("确认举报"))
    case = is_at_the_console(chen, user, number, links=[VIDEO], **TRIAGE)
    are_filed_as_pictures(chen, case, 2)


def test_a_picture_sent_before_it_is_asked_for_is_kept_as_evidence(user, chen):
    user.ask(f"我要举报一个视频 {VIDEO}")
    assert "收到图片 1 张" in user.show(screenshot())
    user.choose("诈骗")
    assert "图片 1 张" in user.choose("没有要补充的")
    number = number_told(user.choose("确认举报"))
    are_filed_as_pictures(chen, is_at_the_console(chen, user, number, **TRIAGE), 1)


def test_a_live_room_reported_without_evidence_and_the_category_changed_first(user, chen):
    user.ask("有个直播间在搞擦边，我要举报")
    user.ask("直播间 97456265029")
    user.choose("没有要补充的")
    assert "色情低俗" in user.ask("没有")
    user.choose("修改")
    user.choose("违规类别")
    assert "赌博" in user.choose("赌博")
    number = number_told(user.choose("确认举报"))
    case = is_at_the_console(chen, user, number, attachments=[], links=[], **TRIAGE)
    assert chen.fields_of(case["number"])["violation_category"] == "赌博"


def test_a_target_told_wrong_twice_gets_its_hints_and_then_a_way_out(user, chen):
    user.ask("我要举报")
    assert "xiaohongshu.com" in user.ask("https://www.xiaohongshu.com/explore/1")
    assert "昵称找不到" in user.ask("那个卖货的大姐")
    user.ask("就是那个大姐")
    user.choose("再填一次")
    user.ask("seller_2020")
    user.choose("诈骗")
    user.choose("没有要补充的")
    user.choose("没有")
    is_at_the_console(chen, user, number_told(user.choose("确认举报")), **TRIAGE)


def test_a_mind_that_changes_to_another_matter_reports_nothing(user, chen):
    user.ask("我要举报一个视频")
    user.ask("直播画面好卡怎么办")
    user.choose("先问这个")
    nothing_was_opened(chen, user)


def test_who_is_in_danger_is_seen_by_people_first(user, lin):
    user.ask("举报，有人直播要跳楼")
    is_handed_over(lin, user, reason="user_in_danger", topic="report_content", priority="urgent")


def test_harm_to_minors_goes_to_their_own_people(user, lin):
    user.ask(f"我要举报一个视频 {VIDEO}")
    user.ask("未成年人有害")
    is_handed_over(lin, user, topic="report_minor_harm", priority="urgent", skill_group="minor_protection")
