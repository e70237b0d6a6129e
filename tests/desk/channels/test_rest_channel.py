"""Rasa's REST channel, as clients written for Rasa use it."""

import asyncio
import json

import pytest

from desk.agents.models import Agent
from desk.cases.enums import CaseState
from desk.conversations.models import Conversation, Message
from desk.delivery import worker as module
from desk.delivery.bot_client import Button, Reply, TurnResult
from desk.handoffs import service as handoffs

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


async def test_an_empty_message_id_makes_no_two_messages_one(talk, bot, world):
    answers = [(await talk(text, message_id="")).json()[0]["text"] for text in ("一", "二")]
    assert answers == ["re: 一", "re: 二"]


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


@pytest.fixture
async def with_a_person(talk, world):
    """A conversation that an agent owns, and the sender has heard so."""
    await talk()
    (conversation,) = await world.rows(Conversation)
    owned = await world.claimed(await world.agent(), conversation.id)
    await talk("在")
    return owned


def texts(answered):
    return [reply["text"] for reply in answered.json()]


async def test_while_a_person_owns_the_conversation_the_bot_is_silent_and_the_message_kept(
    talk, world, bot, with_a_person
):
    conversation, asked = with_a_person, len(bot.asked)
    for stream in (False, True):
        answered = await talk("还在吗", stream=stream)
        assert answered.text in ("[]", "")
    assert len(bot.asked) == asked
    assert [line.text for line in await world.transcript(conversation.id)][-2:] == ["还在吗", "还在吗"]


async def test_what_a_person_said_meanwhile_comes_with_the_next_answer_once(talk, world, with_a_person):
    lin = (await world.rows(Agent))[0]
    for n, text in enumerate(("您好", "请稍等")):
        async with world.database.write() as work:
            await handoffs.write_as_agent(
                work, with_a_person.id, lin, handoffs.AgentDraft(f"{n}", with_a_person.epoch, text)
            )
    first, again = [await talk("好", message_id="same") for _ in range(2)]
    assert texts(first) == texts(again) == ["您好", "请稍等"]
    assert (await talk("嗯")).json() == []


async def test_it_comes_line_by_line_in_a_stream_too(talk, world, with_a_person):
    lin = (await world.rows(Agent))[0]
    async with world.database.write() as work:
        await handoffs.resolve(work, with_a_person.id, lin, with_a_person.epoch)
    async with asyncio.timeout(5):
        while "done" not in (await world.turns(with_a_person.id))[1:]:
            await asyncio.sleep(0.01)
    answered = await talk("谢谢", stream=True)
    lines = [json.loads(line) for line in answered.text.splitlines()]
    assert [line.get("custom", {}).get("type") for line in lines] == [None, "csat", None, None]
    assert "已标记为解决" in lines[0]["text"] and lines[2]["text"].startswith("re: /handoff_resolved")
    assert lines[3]["text"] == "re: 谢谢"


async def test_a_case_s_change_comes_with_its_button_before_the_bot_s_reply(talk, world, bot):
    await talk()
    (conversation,) = await world.rows(Conversation)
    case = await world.case(conversation.id, CaseState.OPEN)
    await world.move(case.number, CaseState.RESOLVED)
    notice, csat, reply = (await talk("好")).json()
    assert (notice["custom"]["state"], csat["custom"]["type"], reply["text"]) == ("resolved", "csat", "re: 好")
    await talk(notice["buttons"][0]["payload"])
    assert bot.asked[-1].payload == f'/case_reopen{{"case_number":"{case.number}"}}'


async def test_that_private_data_was_hidden_comes_with_the_same_answer(talk):
    first, second = texts(await talk("我的身份证号 11010519491231002X")), texts(await talk("好"))
    assert "已为您遮盖" in first[0] and len(first) == 2
    assert second == ["re: 好"]


async def test_answers_to_messages_sent_at_once_are_told_to_each_once(talk, world, bot):
    bot.waits(0.1)
    answers = await asyncio.gather(*(talk(f"{n}") for n in range(4)))
    assert sorted(text for each in answers for text in texts(each)) == [f"re: {n}" for n in range(4)]
    assert texts(await talk("后来")) == ["re: 后来"]


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
