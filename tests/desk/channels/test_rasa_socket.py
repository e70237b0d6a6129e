"""Rasa's own socket.io protocol, as rasa-webchat and other clients speak it."""

import asyncio
from datetime import timedelta
from itertools import count

import jwt
import pytest

from desk.conversations import service as conversations
from desk.conversations.enums import Author
from desk.conversations.models import Conversation
from desk.delivery import worker as module
from desk.delivery.bot_client import Button, Reply, TurnResult
from desk.parts import SESSION, TICKET
from tests.desk.sockets import Client, Deaf, served

_visits = count(1)


@pytest.fixture
async def url(app):
    async with served(app) as address:
        yield address


@pytest.fixture
async def deaf(url):
    client = await Deaf.connect(url)
    yield client
    await client.close()


@pytest.fixture
async def connect(url, parts, monkeypatch):
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.02)
    parts.worker.start()
    clients = []

    async def connected(token=None, **headers):
        client = Client("/")
        clients.append(client)
        return await client.connect(url, {"token": token} if token else None, headers)

    yield connected
    for client in clients:
        await client.close()


@pytest.fixture
def deliver(world):
    """Waits until a conversation's lines up to the last have arrived, and this is noted."""

    async def delivered(conversation_id):
        async with asyncio.timeout(5):
            while True:
                row = await world.get(conversation_id)
                if row.delivered_seq == row.last_seq:
                    return
                await asyncio.sleep(0.01)

    return delivered


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


class TestWhatWasSaidMeanwhile:
    """These clients ask for nothing they missed: the desk remembers what surely arrived."""

    @pytest.fixture
    async def visit(self, connect, parts, deliver):
        """A session in which the bot answered once and that was heard."""
        client = await connect()
        token = await session(client)
        await client.emit("user_uttered", {"message": "你好", "session_id": token})
        await client.until("bot_uttered")
        await deliver(parts.tokens.read(SESSION, token))
        await client.close()
        return token

    @pytest.fixture
    def agent_says(self, parts):
        """Adds lines to the conversation of a token, as an agent would."""

        async def said(token, *texts, database=parts.database):
            async with database.write() as work:
                conversation = await conversations.hold(work, parts.tokens.read(SESSION, token))
                for text in texts:
                    await conversations.append(work, conversation, Author.AGENT, text=text)

        return said

    async def test_is_told_once_and_in_order_when_the_client_is_back(self, connect, visit, agent_says, deliver, parts):
        await agent_says(visit, "您好", "我是小林")
        back = await connect()
        token = await session(back, visit)
        await back.until("bot_uttered", lambda event: event["text"] == "我是小林")
        await deliver(parts.tokens.read(SESSION, token))
        assert [event for event, _ in back.heard][:3] == ["session_confirm", "bot_uttered", "bot_uttered"]
        await back.close()
        again = await connect()
        await session(again, token)
        await agent_says(token, "还在吗")
        await again.until("bot_uttered", lambda event: event["text"] == "还在吗")
        assert [event["text"] for event in back.of("bot_uttered")] == ["您好", "我是小林"]
        assert [event["text"] for event in again.of("bot_uttered")] == ["还在吗"]

    async def test_what_was_heard_is_not_told_again(self, connect, visit, bot):
        back = await connect()
        token = await session(back, visit)
        await back.emit("user_uttered", {"message": "再见", "session_id": token})
        await back.until("bot_uttered", lambda event: event["text"] == "re: 再见")
        assert len(back.of("bot_uttered")) == 1

    async def test_what_went_into_a_dead_connection_is_told_again(self, connect, deaf, agent_says, visit):
        await deaf.emit("session_request", {"session_id": visit})
        token = await deaf.until("session_confirm")
        await agent_says(token, "您好")
        assert (await deaf.until("bot_uttered"))["text"] == "您好"
        back = await connect()
        await session(back, token)
        assert await back.until("bot_uttered") == {"text": "您好"}

    async def test_every_connected_client_is_told_at_once(self, connect, visit, agent_says):
        clients = [await connect(), await connect()]
        for client in clients:
            await session(client, visit)
        await agent_says(visit, "您好")
        for client in clients:
            assert await client.until("bot_uttered") == {"text": "您好"}

    async def test_a_long_absence_is_told_to_the_end(self, connect, visit, agent_says):
        await agent_says(visit, *(f"{number}" for number in range(1, 602)))
        back = await connect()
        await session(back, visit)
        await back.until("bot_uttered", lambda event: event["text"] == "601")
        assert [event["text"] for event in back.of("bot_uttered")] == [f"{number}" for number in range(1, 602)]

    async def test_a_line_whose_hint_was_lost_is_told_at_the_next_heartbeat(
        self, app, connect, visit, agent_says, world
    ):
        app.engineio_server.eio.ping_interval = 0.2
        back = await connect()
        token = await session(back, visit)
        await agent_says(token, "您好", database=world.database)  # which tells nobody
        assert await back.until("bot_uttered") == {"text": "您好"}

    async def test_what_an_agent_attached_opens_with_the_ticket_in_its_address(self, connect, visit, parts):
        parts.settings.public_url = "https://desk.example"
        async with parts.database.write() as work:
            conversation = await conversations.hold(work, parts.tokens.read(SESSION, visit))
            picture = {"id": "f_1", "kind": "image", "name": "说明.jpg"}
            await conversations.append(work, conversation, Author.AGENT, text="", attachments=[picture])
        client = await connect()
        await session(client, visit)
        address = (await client.until("bot_uttered"))["attachment"]["payload"]["src"]
        path, ticket = address.split("?ticket=")
        assert path == "https://desk.example/api/attachments/f_1"
        assert parts.tokens.read(TICKET, ticket) == "f_1"

    async def test_who_left_is_forgotten(self, app, connect, visit):
        client = await connect()
        await session(client, visit)
        listeners = app.engineio_server.namespace_handlers["/"]._listeners
        assert len(listeners) == 1
        await client.close()
        async with asyncio.timeout(5):
            while listeners:
                await asyncio.sleep(0.01)

    async def test_who_went_to_another_conversation_hears_only_that_one(self, connect, visit, agent_says):
        client = await connect()
        other = await session(client)
        await session(client, visit)
        await agent_says(other, "别处")
        await agent_says(visit, "这里")
        assert await client.until("bot_uttered") == {"text": "这里"}
        assert len(client.of("bot_uttered")) == 1
        back = await connect()
        await session(back, other)
        assert await back.until("bot_uttered") == {"text": "别处"}


class TestAClientThatKeepsNoId:
    """It asks anew at every connection, or names an id of its own; its host page can give it a token."""

    @pytest.mark.parametrize("asked", [None, "3f2a-my-own-id"])
    async def test_goes_on_where_the_token_of_the_handshake_leads(self, connect, deliver, user, asked, world):
        for _ in range(2):
            client = await connect(token=user.token)
            await session(client, asked)
            await client.emit("user_uttered", {"message": "在吗", "session_id": asked})
            await client.until("bot_uttered", lambda event: event["text"] == "re: 在吗")
            await deliver(user.conversation_id)
            await client.close()
        assert len(await world.rows(Conversation)) == 1
        assert (await world.lines_text(user.conversation_id)).count("在吗") == 2

    async def test_any_other_token_opens_nothing(self, connect, user, parts):
        client = await connect(token=user.conversation_id)
        assert parts.tokens.read(SESSION, await session(client)) != user.conversation_id


class TestWhatIsSentAgainAfterEveryConfirmation:
    """rasa-webchat sends a text typed before `session_confirm` after every later one too, and gives it no id."""

    @pytest.fixture
    def heard(self, world):
        async def heard():
            lines = [line for row in await world.rows(Conversation) for line in await world.transcript(row.id)]
            return [line.text.split()[0] for line in lines if line.author == "user"]

        return heard

    @pytest.fixture
    async def page(self, connect, parts):
        """Connects as one page does each time: its early texts name what it had when they were typed."""

        async def connected(token, named, *early):
            client = await connect()
            confirmed = await session(client, token)
            for text in early:
                await client.emit("user_uttered", {"message": text, "session_id": named})
            end = f"完 {next(_visits)}"
            await client.emit("user_uttered", {"message": end, "session_id": confirmed})
            await client.until("bot_uttered", lambda event: event["text"] == f"re: {end}")
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
