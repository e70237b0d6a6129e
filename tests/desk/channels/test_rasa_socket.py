"""Rasa's own socket.io protocol, as rasa-webchat and other clients speak it."""

import asyncio
from datetime import timedelta

import jwt
import pytest

from desk.channels.rasa_socket import rasa_events
from desk.conversations.models import Conversation
from desk.delivery import worker as module
from desk.delivery.bot_client import Button, Reply, TurnResult
from desk.parts import SESSION
from tests.desk.sockets import Client, served


@pytest.fixture
async def connect(app, parts, monkeypatch):
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.02)
    parts.worker.start()
    clients = []
    async with served(app) as url:

        async def connected(**headers):
            client = Client("/")
            clients.append(client)
            return await client.connect(url, headers=headers)

        yield connected
        for client in clients:
            await client.close()


async def session(client, session_id=None):
    """Ask for a session; the confirmed id."""
    before = len(client.of("session_confirm"))
    await client.emit("session_request", {"session_id": session_id})
    async with asyncio.timeout(5):
        while len(client.of("session_confirm")) == before:
            await asyncio.sleep(0.01)
    return client.of("session_confirm")[-1]


async def test_a_session_is_confirmed_by_a_bare_string_that_is_a_token(connect, parts):
    confirmed = await session(await connect())
    assert isinstance(confirmed, str)
    assert parts.tokens.read(SESSION, confirmed).startswith("c_")


async def test_a_confirmed_session_is_kept(connect, parts):
    first = await session(await connect())
    again = await session(await connect(), first)
    assert parts.tokens.read(SESSION, first) == parts.tokens.read(SESSION, again)


@pytest.mark.parametrize("made", ["a client's own", "another's conversation", "forged", "expired", "strange", "long"])
async def test_any_other_id_is_answered_with_a_fresh_one_and_opens_nothing(connect, user, parts, world, made):
    await user.send("秘密")
    asked = {
        "a client's own": "3f2a-my-own-id",
        "another's conversation": user.conversation_id,
        "forged": jwt.encode({"kind": SESSION, "sub": user.conversation_id, "exp": 2**31}, "f" * 40, "HS256"),
        "expired": parts.tokens.issue(SESSION, user.conversation_id, timedelta(seconds=-1))[0],
        "strange": {"$ne": None},
        "long": "x" * 10_000,
    }[made]
    client = await connect()
    confirmed = await session(client, asked)
    assert parts.tokens.read(SESSION, confirmed) != user.conversation_id
    await client.emit("user_uttered", {"message": "你好", "session_id": asked})
    await client.until("bot_uttered", lambda event: event["text"] == "re: 你好")
    assert "你好" not in [line.text for line in await world.transcript(user.conversation_id)]


async def test_a_message_is_answered_on_the_socket(connect, bot):
    client = await connect()
    await session(client)
    await client.emit("user_uttered", {"message": "你好"})
    assert await client.until("bot_uttered") == {"text": "re: 你好"}
    assert bot.asked[0].text == "你好"


async def test_who_never_asked_for_a_session_is_answered_too(connect):
    client = await connect()
    await client.emit("user_uttered", {"message": "你好"})
    assert await client.until("bot_uttered") == {"text": "re: 你好"}


async def test_parts_between_blank_lines_are_events_and_buttons_come_with_the_last(connect, bot):
    async def answer(_request):
        buttons = [Button(title="是", payload="/affirm")]
        return TurnResult(replies=[Reply(text="一\n二\n\n三\n \n四", buttons=buttons)], tracker={})

    bot.answer = answer
    client = await connect()
    await client.emit("user_uttered", {"message": "你好"})
    await client.until("bot_uttered", lambda event: "quick_replies" in event)
    assert client.of("bot_uttered") == [
        {"text": "一\n二"},
        {"text": "三"},
        {"text": "四", "quick_replies": [{"content_type": "text", "title": "是", "payload": "/affirm"}]},
    ]


@pytest.mark.parametrize("place", ["customData", "metadata"])
async def test_a_resend_with_a_client_id_is_stored_once(connect, bot, place):
    client = await connect()
    for _ in range(3):
        await client.emit("user_uttered", {"message": "你好", place: {"client_id": "same"}})
    await client.emit("user_uttered", {"message": "完", place: {"client_id": "other"}})
    await client.until("bot_uttered", lambda event: event["text"] == "re: 完")
    assert [turn.text for turn in bot.asked] == ["你好", "完"]


class TestWhatIsSentAgainAfterEveryConfirmation:
    """rasa-webchat sends a text typed before `session_confirm` after every later one too, and gives it no id."""

    @pytest.fixture
    def heard(self, world):
        async def heard():
            lines = [line for row in await world.rows(Conversation) for line in await world.transcript(row.id)]
            return [line.text for line in lines if line.author == "user"]

        return heard

    @pytest.fixture
    async def page(self, connect, parts):
        """Connects as one page does each time: its early texts name what it had when they were typed."""

        async def connected(token, named, *early):
            client = await connect()
            confirmed = await session(client, token)
            for text in early:
                await client.emit("user_uttered", {"message": text, "session_id": named})
            await client.emit("user_uttered", {"message": "完", "session_id": confirmed})
            await client.until("bot_uttered", lambda event: event["text"] == "re: 完")
            await client.close()
            return confirmed

        return connected

    @pytest.fixture
    async def token(self, parts, world):
        """One from a visit some time ago."""
        made = await world.conversation(channel="socketio")
        return parts.tokens.issue(SESSION, made, timedelta(days=3))[0]

    async def test_is_heard_once(self, page, token, heard):
        first = await page(token, token, "在吗")
        await page(first, token, "在吗")
        assert await heard() == ["在吗", "完", "完"]

    async def test_is_heard_once_where_the_page_had_no_session_yet(self, page, heard):
        first = await page(None, None, "在吗")
        await page(first, None, "在吗")
        await page(first, "", "在吗")
        assert await heard() == ["在吗", "完", "完", "完"]

    async def test_is_heard_once_when_the_session_had_run_out(self, page, parts, world, heard):
        gone = parts.tokens.issue(SESSION, await world.conversation(), timedelta(seconds=-1))[0]
        first = await page(gone, gone, "在吗")
        await page(first, gone, "在吗")
        assert await heard() == ["在吗", "完", "完"]

    async def test_is_heard_as_often_as_it_was_typed(self, page, token, heard):
        first = await page(token, token, "在吗", "在吗")
        await page(first, token, "在吗", "在吗", "还在吗")
        assert await heard() == ["在吗", "在吗", "完", "还在吗", "完"]

    async def test_is_heard_again_from_the_next_page(self, page, token, heard):
        """After a reload the page names what was confirmed to the one before it."""
        first = await page(token, token, "在吗")
        assert first != token
        await page(first, first, "在吗")
        assert await heard() == ["在吗", "完", "在吗", "完"]

    async def test_who_says_the_same_once_more_is_heard(self, connect, page, token, heard):
        first = await page(token, token, "在吗")
        client = await connect()
        again = await session(client, first)
        for _ in range(2):
            await client.emit("user_uttered", {"message": "在吗", "session_id": again})
        async with asyncio.timeout(5):
            while (await heard()).count("在吗") < 3:
                await asyncio.sleep(0.01)

    async def test_a_client_that_keeps_an_id_of_its_own_is_heard_whatever_it_repeats(self, page, token, heard):
        await page(token, "3f2a-my-own-id", "在吗")
        await page(token, "3f2a-my-own-id", "在吗")
        assert await heard() == ["在吗", "完", "在吗", "完"]


async def test_a_command_is_only_text_and_a_press_needs_an_offer(connect, bot, world):
    client = await connect()
    await client.emit("user_uttered", {"message": "/restart"})
    await client.until("bot_uttered")
    (conversation,) = await world.rows(Conversation)
    await world.offer(conversation.id, "/affirm", "是的")
    await client.emit("user_uttered", {"message": "/affirm"})
    await client.until("bot_uttered", lambda event: event["text"] == "re: /affirm")
    assert [(turn.text, turn.payload) for turn in bot.asked] == [("/restart", None), (None, "/affirm")]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "空"), ("en", "empty")])
async def test_a_refusal_is_said_as_a_reply_in_the_user_s_language(connect, language, word):
    client = await connect(**{"accept-language": language})
    await client.emit("user_uttered", {"message": "  "})
    assert word in (await client.until("bot_uttered"))["text"]


@pytest.mark.parametrize("sent", [None, "text", 5, [], {}, {"message": None}, {"message": 5}])
async def test_what_is_no_message_is_answered_and_breaks_nothing(connect, sent):
    client = await connect()
    await client.emit("user_uttered", sent)
    assert (await client.until("bot_uttered"))["text"]
    await client.emit("user_uttered", {"message": "你好"})
    await client.until("bot_uttered", lambda event: event["text"] == "re: 你好")


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("message", ["a\u0000b", "\u0000", "/\u0000"])
async def test_characters_no_database_keeps_are_refused_kindly(connect, database_kind, message):
    client = await connect()
    await client.emit("user_uttered", {"message": message})
    assert "无法显示" in (await client.until("bot_uttered"))["text"]


async def test_a_client_cannot_choose_the_address_it_is_counted_under(connect, world, settings):
    client = await connect()
    await session(client)
    for name in ("disconnect", "connect"):
        await client.emit(name, {"asgi.scope": {"client": ["203.0.113.9", 1]}})
    await session(client)
    assert len({conversation.address for conversation in await world.rows(Conversation)}) == 1


async def test_surplus_values_change_nothing(connect):
    client = await connect()
    await client.emit("user_uttered", {"message": "你好"}, {"message": "二"}, 3)
    assert await client.until("bot_uttered") == {"text": "re: 你好"}


def line(text="你好", author="bot", **more):
    return {"author": author, "text": text, "buttons": [], "card": None, **more}


def test_no_event_has_a_key_that_rasa_webchat_does_not_know():
    lines = [
        line("一\n\n二"),
        line(buttons=[{"title": "是", "payload": "/affirm"}]),
        line("", buttons=[{"title": "是", "payload": "/affirm"}]),
        line("通知", author="system"),
        line("您好", author="agent"),
        line("", card={"type": "case", "number": "KF20261124000001", "topic_label": "封禁申诉"}),
    ]
    for each in lines:
        assert all(set(event) <= {"text", "quick_replies"} and "text" in event for event in rasa_events(each))


def test_the_user_s_own_words_are_not_repeated():
    assert rasa_events(line(author="user")) == []


def test_a_person_s_words_and_notices_are_heard_too():
    assert rasa_events(line("您好", author="agent")) == [{"text": "您好"}]
    assert rasa_events(line("客服已接入", author="system")) == [{"text": "客服已接入"}]
