"""A ban appeal through the real parts, beside the way of the pages: evidence, wrong answers, changes of mind."""

from __future__ import annotations

import pytest

from tests.journeys import ban
from tests.journeys.pictures import screenshot
from tests.journeys.topics import are_filed_as_pictures, is_at_the_console, nothing_was_opened, number_told

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TRIAGE = {"topic": "ban_appeal", "priority": "normal", "skill_group": "penalty_appeal"}


@pytest.fixture
def account(accounts):
    return accounts.banned()


def is_asked_for_evidence(user, account) -> None:
    ban.look_up(user, account)
    user.choose("提交申诉")
    user.ask(ban.REASON)


def test_an_appeal_with_pictures_is_filed_with_them(user, chen, account, accounts):
    is_asked_for_evidence(user, account)
    user.show(screenshot(20), text="这是后台截图")
    user.choose(f"用 {account.phone[:3]}")
    number = number_told(user.choose("确认提交"))
    case = is_at_the_console(chen, user, number, douyin_id=account.douyin_id, **TRIAGE)
    are_filed_as_pictures(chen, case, 1)
    assert accounts.appealed_under(account) == [number]


def test_an_appeal_without_evidence_is_filed_too(user, chen, account):
    number = number_told(ban.fill_the_appeal(user, account).choose("确认提交"))
    is_at_the_console(chen, user, number, attachments=[], links=[], **TRIAGE)


def test_a_phone_told_wrong_twice_gets_its_hints_and_then_a_way_out(user, account):
    user.ask("我的号被封了")
    user.ask(account.douyin_id)
    assert "10 位" in user.ask("1380000111")
    assert "没有查到" in user.ask("13911112222")
    user.ask("13911112223")
    user.choose("再填一次")
    assert "提交申诉" in user.ask(account.phone)


def test_a_mind_that_changes_files_no_appeal(user, chen, account, accounts):
    is_asked_for_evidence(user, account)
    user.choose("没有")
    user.choose(f"用 {account.phone[:3]}")
    user.choose("修改")
    user.choose("联系电话")
    user.ask("13911112222")
    user.ask("取消")
    nothing_was_opened(chen, user)
    assert accounts.appealed_under(account) == []
