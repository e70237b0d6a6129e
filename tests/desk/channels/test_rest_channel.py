"""Rasa's REST channel, as clients written for Rasa use it."""

import asyncio
import json

import pytest

from desk.conversations.models import Conversation, Message
from desk.delivery import worker as module
from desk.delivery.bot_client import Button, Reply, TurnResult

KEY = "r" * 20


@pytest.fixture(autouse=True)
async def working(parts, monkeypatch):
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.02)
    parts.worker.start()


@pytest.fixture
def talk(http):
    async def say(message="你好", sender="someone", key=KEY, stream=False, **more):
        return await http.post(
            "/webhooks/rest/webhook",
            params={"stream": "true"} if stream else None,
            json={"sender": sender, "message": message, **more},
            headers={"authorization": f"Bearer {key}"} if key else {},
        )

    return say


async def test_a_message_is_answered_with_the_bot_s_replies(talk, bot):
    async def answer(_request):
        buttons = [Button(title="是", payload="/affirm")]
        replies = [Reply(text="一"), Reply(text="二", buttons=buttons), Reply(card={"a": 1})]
        return TurnResult(replies=replies, tracker={})

    bot.answer = answer
    answered = await talk()
    assert answered.status_code == 200
    assert answered.json() == [
        {"recipient_id": "someone", "text": "一"},
        {"recipient_id": "someone", "text": "二", "buttons": [{"title": "是", "payload": "/affirm"}]},
        {"recipient_id": "someone", "custom": {"a": 1}},
    ]


async def test_a_stream_is_one_reply_a_line(talk, bot):
    bot.says("一", "二")
    answered = await talk(stream=True)
    assert [json.loads(line)["text"] for line in answered.text.splitlines()] == ["一", "二"]


async def test_a_sender_keeps_the_conversation(talk, world):
    for _ in range(2):
        await talk()
    assert await world.count(Conversation) == 1
    await talk(sender="someone else")
    assert await world.count(Conversation) == 2


async def test_a_sender_s_name_is_valid_only_with_its_key(talk, settings, world):
    await talk("秘密")
    settings.rest_channel_key = "another key of the desk"
    await talk("你好", key="another key of the desk")
    first, second = await world.rows(Conversation)
    texts = [[line.text for line in await world.transcript(each.id)] for each in (first, second)]
    assert sorted(len(lines) for lines in texts) == [2, 2]


async def test_another_channel_s_conversation_cannot_be_named(talk, user, world):
    await talk(sender=user.conversation_id)
    assert await world.transcript(user.conversation_id) == []


@pytest.mark.parametrize("key", [None, "wrong", "r" * 19, "r" * 21])
async def test_a_wrong_key_is_refused(talk, world, key):
    answer = await talk(key=key)
    assert (answer.status_code, answer.json()["code"]) == (401, "key_wrong")
    assert await world.count(Conversation) == 0


@pytest.mark.parametrize("key", [None, KEY, ""])
async def test_without_a_configured_key_the_channel_is_off(talk, settings, key):
    settings.rest_channel_key = None
    answer = await talk(key=key)
    assert (answer.status_code, answer.json()["code"]) == (404, "channel_off")


async def test_while_a_person_owns_the_conversation_the_answer_is_empty_and_the_message_kept(talk, world, bot):
    await talk()
    (conversation,) = await world.rows(Conversation)
    await world.claimed(await world.agent(), conversation.id)
    asked = len(bot.asked)
    for stream in (False, True):
        answered = await talk("还在吗", stream=stream)
        assert answered.text in ("[]", "")
    assert len(bot.asked) == asked
    assert [line.text for line in await world.transcript(conversation.id)][-2:] == ["还在吗", "还在吗"]


async def test_a_turn_that_a_person_takes_over_ends_the_wait(talk, world, bot):
    bot.waits(60)
    waiting = asyncio.create_task(talk())
    async with asyncio.timeout(5):
        while not bot.asked:
            await asyncio.sleep(0.01)
    (conversation,) = await world.rows(Conversation)
    await world.handoff(conversation.id)
    answered = await asyncio.wait_for(waiting, 5)
    assert answered.json() == []


async def test_a_resend_is_answered_alike_and_stored_once(talk, world):
    first, again = [await talk(message_id="same") for _ in range(2)]
    assert first.json() == again.json() == [{"recipient_id": "someone", "text": "re: 你好"}]
    assert await world.count(Message) == 2


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_first_messages_at_once_open_one_conversation(talk, world, database_kind):
    answers = await asyncio.gather(*(talk(f"{n}") for n in range(6)))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert await world.count(Conversation) == 1
    assert sorted(answer.json()[0]["text"] for answer in answers) == [f"re: {n}" for n in range(6)]


@pytest.mark.parametrize("text", ["/restart", "／restart", '/session_start{"a": 1}', " /back"])
async def test_a_command_is_only_text(talk, bot, text):
    await talk(text)
    assert (bot.asked[0].text, bot.asked[0].payload) == (text.strip(), None)


async def test_a_button_s_payload_sent_as_text_is_a_press_where_it_was_offered(talk, bot, world):
    await talk("/affirm")
    (conversation,) = await world.rows(Conversation)
    await world.offer(conversation.id, "/affirm", "是的")
    await talk("/affirm")
    await talk("/affirm", sender="someone else")
    assert [(turn.text, turn.payload) for turn in bot.asked] == [
        ("/affirm", None),
        (None, "/affirm"),
        ("/affirm", None),
    ]


async def test_an_opening_payload_opens(talk, bot):
    await talk("/greet")
    assert bot.asked[0].payload == "/greet"


async def test_replies_come_in_the_sender_s_language(talk, world):
    await talk(metadata={"locale": "en"})
    assert (await world.rows(Conversation))[0].locale == "en"


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"sender": "", "message": "x"}, "invalid_field"),
        ({"sender": "x" * 201, "message": "x"}, "invalid_field"),
        ({"sender": "a\u0000", "message": "x"}, "invalid_field"),
        ({"sender": "a", "message": "x", "message_id": "\u0000"}, "invalid_field"),
        ({"sender": "a", "message": None}, "invalid_field"),
        ({"sender": "a", "message": "a\u0000b"}, "text_control_characters"),
        ({"sender": "a", "message": " "}, "text_empty"),
        ({"message": "x"}, "invalid_field"),
    ],
)
async def test_a_wrong_message_is_refused(http, database_kind, body, code):
    answer = await http.post("/webhooks/rest/webhook", json=body, headers={"authorization": f"Bearer {KEY}"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_fields_of_other_rasa_clients_are_ignored(talk):
    assert (await talk(input_channel="rest", extra=1)).status_code == 200


async def test_the_channel_says_that_it_lives(http):
    assert (await http.get("/webhooks/rest/")).json() == {"status": "ok"}
