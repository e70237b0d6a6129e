"""The way through a ban, step by step, as a user goes it."""

from __future__ import annotations

import re

from tests.journeys.accounts import Banned
from tests.journeys.clients import User

REASON = "那几条视频是我自己拍的钓鱼日常，没有留过任何联系方式，请重新审核。"
CASE_NUMBER = re.compile(r"KF\d{14}")


def look_up(user: User, account: Banned) -> str:
    """Tell of the ban, the id and the registered phone; the answer explains the penalty."""
    user.ask("我的号被封了")
    user.ask(account.douyin_id)
    return user.ask(account.phone)


def fill_the_appeal(user: User, account: Banned) -> User:
    """Everything up to the question whether to submit: the next press opens the case."""
    look_up(user, account)
    user.choose("提交申诉")
    user.ask(REASON)
    user.choose("没有")
    user.choose(f"用 {account.phone[:3]}")
    return user


def submit(user: User) -> None:
    """Send the appeal off, without waiting for the answer."""
    user.press("确认提交")


def numbers_in(text: str) -> set[str]:
    """The case numbers somebody was told."""
    return set(CASE_NUMBER.findall(text))
