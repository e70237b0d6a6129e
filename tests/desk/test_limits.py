"""How often something may happen: counted for each name by itself, and forgotten in time."""

import time

import pytest

from desk.errors import TooManyMessages
from desk.limits import Limiter


@pytest.fixture
def clock(monkeypatch):
    """A clock that only moves when it is told to."""
    moment = [1000.0]
    monkeypatch.setattr(time, "time", lambda: moment[0])
    return moment


async def test_a_minutes_share_is_given_to_each_name(clock):
    limiter = Limiter(None)
    for who in ("c_1", "c_2"):
        for _ in range(3):
            await limiter.hit("message", who, 3)
        with pytest.raises(TooManyMessages):
            await limiter.hit("message", who, 3)
    await limiter.hit("session", "c_1", 3)


async def test_the_share_comes_back_one_by_one_and_the_refusal_says_when(clock):
    limiter = Limiter(None)
    await limiter.hit("message", "c_1", 2)
    clock[0] += 20
    await limiter.hit("message", "c_1", 2)
    with pytest.raises(TooManyMessages) as refused:
        await limiter.hit("message", "c_1", 2)
    assert refused.value.details["retry_after"] == 40
    clock[0] += 40
    await limiter.hit("message", "c_1", 2)
    with pytest.raises(TooManyMessages):
        await limiter.hit("message", "c_1", 2)


async def test_names_that_come_no_more_are_forgotten(clock):
    limiter = Limiter(None)
    for number in range(50):
        await limiter.hit("message", f"c_{number}", 3)
    clock[0] += 61
    await limiter.hit("message", "c_new", 3)
    assert list(limiter._window._hits) == [("message", "c_new")]
