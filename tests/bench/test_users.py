"""The two users in front of the server that does nothing: what they time is what was said."""

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bench import idle, load
from bench.contenders import Ours, Stock
from bench.talks import PLAIN, Talk
from bench.users import TurnFailed, WidgetUser


@pytest.fixture
async def url():
    app = web.Application()
    app.add_routes(idle.routes)
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("kind", [Ours, Stock])
async def test_a_turn_is_sent_then_acknowledged_then_answered(kind, http, url):
    user = await kind(http, url).user()
    for turn in [await user.say("你好"), await user.say("谢谢")]:
        assert turn.sent < turn.acknowledged
        assert turn.sent < turn.answered
        assert turn.answer == "t" * 40
    await user.leave()


async def test_a_wrong_answer_is_no_answer(http, url):
    user = await Ours(http, url).user()
    with pytest.raises(TurnFailed, match="wrong answer"):
        await load.say(user, Talk("look-up", ("查",), answer_holds="站外引流"), "查")


async def test_an_answer_that_never_comes_is_told(http, url, monkeypatch):
    monkeypatch.setattr(load, "PATIENCE", 0.05)
    monkeypatch.setattr(idle, "_answer", lambda *_: idle.health(None))
    user = await Ours(http, url).user()
    with pytest.raises(TurnFailed, match="no answer"):
        await load.say(user, PLAIN, "你好")


@pytest.mark.parametrize("seq", [1, 3])
async def test_a_line_that_is_doubled_or_missing_is_told(seq):
    user = WidgetUser(None, seq=1)
    with pytest.raises(TurnFailed, match=f"line {seq} came after line 1"):
        user._count(seq)


async def test_users_who_come_by_themselves_are_all_answered(http, url):
    users = [await Ours(http, url).user() for _ in range(3)]
    figures = await load.as_they_come(users, PLAIN, [0.0, 0.0, 0.01, 0.01, 0.02])
    assert figures["turns"] == 5


async def test_waiting_for_a_free_user_counts_as_waiting(http, url, monkeypatch):
    users = [await Ours(http, url).user()]
    figures = await load.as_they_come(users, PLAIN, [0.0] * 20)
    assert figures["late_p95"] > figures["late_p50"] > 0
    assert figures["acknowledged_p95"] > figures["late_p95"]
