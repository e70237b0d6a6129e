"""One turn over HTTP against a small server of our own: what counts as an answer, and what as a failure."""

import asyncio
import socket

import pytest
from aiohttp import web

from desk.delivery.bot_client import BotClient, BotFailed, TurnRequest

REQUEST = TurnRequest("c_1", "m_1", "／restart", None, {"events": [1]}, {"locale": "zh", "vouched": False, "now": "…"})


class Server:
    """A bot that answers as it is told."""

    def __init__(self):
        self.seen = []
        self.answer = web.json_response({"replies": [{"text": "好"}], "tracker": {}, "handoff": None})
        self.delay = 0.0

    async def handle(self, request):
        self.seen.append((request.headers["authorization"], await request.json()))
        await asyncio.sleep(self.delay)
        return self.answer


@pytest.fixture
async def server():
    made, app = Server(), web.Application()
    app.router.add_post("/webhooks/turn/run", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def client(server):
    made = BotClient(server.url, "k" * 40, 0.5)
    yield made
    await made.close()


async def test_the_bot_gets_the_whole_turn_with_the_key(server, client):
    result = await client.run(REQUEST)
    assert (result.replies[0].text, result.tracker, result.handoff) == ("好", {}, None)
    assert server.seen == [
        (
            "Bearer " + "k" * 40,
            {
                "conversation_id": "c_1",
                "message_id": "m_1",
                "text": "／restart",
                "payload": None,
                "tracker": {"events": [1]},
                "context": {"locale": "zh", "vouched": False, "now": "…"},
                "attachments": [],
            },
        )
    ]


async def test_buttons_cards_and_a_handoff_are_understood(server, client):
    server.answer = web.json_response(
        {
            "replies": [{"text": "选", "buttons": [{"title": "是", "payload": "/affirm"}]}, {"card": {"type": "case"}}],
            "tracker": {"events": []},
            "handoff": {"reason": "crisis", "topic": None, "slots": {"a": 1}, "case_number": None},
            "something_new": 1,
        }
    )
    result = await client.run(REQUEST)
    assert result.replies[0].buttons[0].payload == "/affirm"
    assert result.replies[1].card == {"type": "case"}
    assert (result.handoff.reason, result.handoff.slots, result.handoff.failed_turns) == ("crisis", {"a": 1}, 0)


async def test_a_handoff_without_a_word_is_an_answer(server, client):
    server.answer = web.json_response({"replies": [], "tracker": {}, "handoff": {"reason": "user_request"}})
    assert (await client.run(REQUEST)).handoff


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"replies": [], "tracker": {}}, "silence"),
        ({"replies": [{"text": ""}], "tracker": {}}, "silence"),
        ({"replies": [{"text": " \n"}, {}], "tracker": {}}, "silence"),
        ({"replies": [{"text": "好"}]}, "unreadable"),
        ({"replies": "好", "tracker": {}}, "unreadable"),
        ({"replies": [{"text": "好"}], "tracker": None}, "unreadable"),
        ({"replies": [{"text": "好", "buttons": [{"title": "是"}]}], "tracker": {}}, "unreadable"),
        ([], "unreadable"),
    ],
)
async def test_saying_nothing_or_nonsense_is_a_failure(server, client, content, why):
    server.answer = web.json_response(content)
    with pytest.raises(BotFailed, match=why):
        await client.run(REQUEST)


async def test_an_empty_reply_beside_a_real_one_is_not_said(server, client):
    server.answer = web.json_response({"replies": [{"text": ""}, {"text": "好"}], "tracker": {}})
    assert [reply.text for reply in (await client.run(REQUEST)).replies] == ["好"]


@pytest.mark.parametrize("status", [401, 404, 422, 500, 503])
async def test_any_other_status_is_a_failure(server, client, status):
    server.answer = web.json_response({"replies": [{"text": "好"}], "tracker": {}}, status=status)
    with pytest.raises(BotFailed, match=str(status)):
        await client.run(REQUEST)


async def test_what_is_no_json_is_a_failure(server, client):
    server.answer = web.Response(text="<html>")
    with pytest.raises(BotFailed, match="unreadable"):
        await client.run(REQUEST)


async def test_a_slow_bot_is_a_failure(server, client):
    server.delay = 2
    with pytest.raises(BotFailed, match="timeout"):
        await client.run(REQUEST)


async def test_a_bot_that_is_not_there_is_a_failure():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = BotClient(f"http://127.0.0.1:{free.getsockname()[1]}", "k", 0.5)
    with pytest.raises(BotFailed, match="ClientConnectorError"):
        await client.run(REQUEST)
    await client.close()


async def test_what_json_cannot_say_is_a_failure(client):
    request = TurnRequest("c_1", "m_1", "x", None, {"events": [float("nan")]}, {})
    with pytest.raises(BotFailed):
        await client.run(request)
