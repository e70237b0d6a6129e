"""The widget's socket: acknowledged when stored, pushed in order, the rest on every connect."""

import asyncio
from datetime import timedelta

import jwt
import pytest
from socketio.exceptions import ConnectionError as Refused

from desk.app import assemble
from desk.cases.enums import CaseState
from desk.conversations.models import Message
from desk.parts import SESSION
from tests.desk.sockets import Client, served
from tests.desk.user import User


@pytest.fixture
async def url(app):
    async with served(app) as address:
        yield address


@pytest.fixture
async def connect(url):
    clients = []

    async def connected(user, **auth):
        client = Client("/widget")
        clients.append(client)
        return await client.connect(url, {"token": user.token, **auth})

    yield connected
    for client in clients:
        await client.close()


async def test_on_connect_a_widget_gets_exactly_what_it_missed(connect, user):
    for n in range(5):
        await user.send(f"{n}")
    client = await connect(user, after=3)
    missed = await client.until("missed")
    assert [message["seq"] for message in missed["messages"]] == [4, 5]
    assert missed["state"]["last_seq"] == 5


@pytest.mark.parametrize("after", [None, "3", -5, 1.5, True, [], 2**31, 2**70])
async def test_a_strange_last_number_never_hides_or_breaks_anything(connect, user, after):
    await user.send("你好")
    missed = await (await connect(user, after=after)).until("missed")
    assert len(missed["messages"]) == 1


async def test_a_message_is_acknowledged_after_its_row_exists(connect, user, world):
    client = await connect(user)
    receipt = await client.call("send", {"client_id": "1", "text": "你好"})
    (stored,) = await world.transcript(user.conversation_id)
    assert receipt == {
        "ok": True,
        "id": stored.id,
        "seq": 1,
        "client_id": "1",
        "created_at": stored.created_at.isoformat(),
    }


async def test_a_resend_gets_the_first_receipt_and_is_pushed_once(connect, user):
    client = await connect(user)
    first, again = [await client.call("send", {"client_id": "1", "text": "你好"}) for _ in range(2)]
    assert first == again
    await asyncio.sleep(0.1)
    assert [message["seq"] for message in client.of("message")] == [1]


async def test_all_of_a_user_s_windows_hear_messages_and_state(connect, user):
    windows = [await connect(user) for _ in range(2)]
    await user.send("你好")
    for window in windows:
        message = await window.until("message")
        assert (message["text"], message["author"], message["seq"]) == ("你好", "user", 1)
        assert (await window.until("state"))["bot_busy"] is True


async def test_an_open_widget_hears_that_a_case_is_resolved_and_that_it_may_be_rated(connect, user, world, parts):
    world.database.teller = parts.database.teller
    case = await world.case(user.conversation_id, CaseState.OPEN)
    client = await connect(user)
    await client.until("missed")
    await world.move(case.number, CaseState.RESOLVED)
    await client.until("state", lambda state: state["csat"] == {"case_number": case.number})
    assert [(line["seq"], line["code"]) for line in client.of("message")] == [
        (1, "case_state_changed"),
        (2, "csat_request"),
    ]


async def test_a_widget_that_was_away_finds_what_became_of_a_case(connect, user, world):
    case = await world.case(user.conversation_id, CaseState.OPEN)
    await user.send("一")
    await world.move(case.number, CaseState.RESOLVED)
    missed = await (await connect(user, after=1)).until("missed")
    assert [line["code"] for line in missed["messages"]] == ["case_state_changed", "csat_request"]
    assert missed["state"]["csat"] == {"case_number": case.number}


async def test_nobody_else_hears_them(connect, http, user):
    stranger = await connect(await User.begin(http))
    await stranger.until("missed")
    await user.send("秘密")
    await asyncio.sleep(0.1)
    assert stranger.of("message") == [] and stranger.of("state") == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"client_id": "1", "text": " "}, "text_empty"),
        ({"client_id": "1", "text": "字" * 2001}, "text_too_long"),
        ({"client_id": "1", "text": "a\u0000"}, "text_control_characters"),
        ({"client_id": "1", "payload": "/restart"}, "payload_not_offered"),
        ({"client_id": "1", "text": "a", "payload": "/greet"}, "invalid_field"),
        ({"client_id": "1", "text": "a", "extra": 1}, "unknown_field"),
        ({"client_id": "a\u0000", "text": "a"}, "invalid_field"),
        ({"text": "a"}, "invalid_field"),
        ("text", "invalid_field"),
        (None, "invalid_field"),
    ],
)
async def test_a_refusal_comes_as_acknowledgement_in_the_user_s_language(connect, http, world, sent, code):
    user = await User.begin(http, locale="en")
    answer = await (await connect(user)).call("send", sent)
    assert answer["ok"] is False and answer["error"]["code"] == code
    assert answer["error"]["message"].isascii()
    assert await world.count(Message) == 0


async def test_too_many_messages_are_refused_on_the_socket_too(connect, user, settings):
    settings.messages_per_minute = 1
    client = await connect(user)
    answers = [await client.call("send", {"client_id": f"{n}", "text": "x"}) for n in range(2)]
    assert [answer["ok"] for answer in answers] == [True, False]
    assert answers[1]["error"]["details"]["retry_after"] > 0


async def test_a_failure_inside_is_answered_too(connect, user, parts, monkeypatch):
    async def fails(*_args):
        raise RuntimeError("secret words from inside")

    monkeypatch.setattr(parts.limiter, "hit", fails)
    answer = await (await connect(user)).call("send", {"client_id": "1", "text": "x"})
    assert answer["ok"] is False and answer["error"]["code"] == "internal"
    assert "secret" not in str(answer)


@pytest.mark.parametrize("made", ["none", "nonsense", "forged", "an agent's", "half a character", "a number"])
async def test_without_a_valid_token_nothing_connects(url, user, parts, world, made):
    agent = await world.agent()
    claims = {"kind": SESSION, "sub": user.conversation_id, "exp": 2**31}
    auth = {
        "none": None,
        "nonsense": {"token": "x.y.z"},
        "forged": {"token": jwt.encode(claims, "f" * 40, "HS256")},
        "an agent's": {"token": parts.tokens.issue("agent", agent.id, timedelta(hours=1))[0]},
        "half a character": {"token": "\ud800"},
        "a number": {"token": 5},
    }[made]
    assert await Client("/widget").refused(url, auth) == "token_invalid"


async def test_an_expired_token_is_told_apart(url, user, parts):
    token, _ = parts.tokens.issue(SESSION, user.conversation_id, timedelta(seconds=-1))
    assert await Client("/widget").refused(url, {"token": token}) == "token_expired"


async def test_messages_sent_at_once_are_stored_in_the_order_they_were_sent(connect, user, world):
    client = await connect(user)
    for n in range(10):
        await client.emit("send", {"client_id": f"{n}", "text": f"{n}"})
    await client.until("message", lambda message: message["seq"] == 10)
    assert [line.text for line in await world.transcript(user.conversation_id)] == [f"{n}" for n in range(10)]


async def test_a_client_cannot_connect_once_more_from_within(connect, http, user):
    stranger = await User.begin(http)
    client = await connect(user)
    await client.until("missed")
    for name in ("disconnect", "connect"):
        await client.emit(name, {}, {"token": stranger.token})
    await client.emit(5, "odd")
    receipt = await client.call("send", {"client_id": "1", "text": "还是我"})
    assert receipt["ok"] and len(client.of("missed")) == 1
    assert [line["text"] for line in await user.messages()] == ["还是我"]


@pytest.mark.parametrize("allowed", ["", "https://host.example"])
async def test_the_desk_s_own_pages_may_always_connect(parts, user, settings, allowed):
    """A setting for host pages must not shut out the console and the demo page."""
    settings.allowed_origins = allowed
    own = assemble(parts)
    async with served(own) as url:
        client = await Client("/widget").connect(url, {"token": user.token}, {"origin": url})
        await client.until("missed")
        await client.close()


@pytest.mark.parametrize(
    ("allowed", "origin", "connects"),
    [
        ("https://host.example", "https://host.example", True),
        ("https://host.example", "https://evil.example", False),
        ("", "https://host.example", False),
    ],
)
async def test_only_the_pages_of_the_setting_may_connect(parts, user, settings, allowed, origin, connects):
    settings.allowed_origins = allowed
    own = assemble(parts)
    async with served(own) as url:
        client = Client("/widget")
        try:
            await client.connect(url, {"token": user.token}, {"origin": origin})
            assert connects
        except Refused:
            assert not connects
        await client.close()
