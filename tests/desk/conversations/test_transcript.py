"""The transcript: stored once, in order, without gaps, on both databases."""

import asyncio

import pytest

from desk.conversations import repository
from desk.conversations import service as conversations
from desk.conversations.enums import Author, Kind, Owner, TurnState
from desk.conversations.models import Message, OfferedPayload, Turn
from desk.conversations.service import Draft
from desk.errors import InvalidField, NotFound, PayloadNotOffered, TextEmpty
from desk.news import MessageStored, StateChanged, TurnQueued


async def test_fifty_writers_at_once_leave_no_gap_and_no_double(world):
    conversation_id = await world.conversation()
    await asyncio.gather(*(world.say(conversation_id, f"第{n}条") for n in range(50)))
    transcript = await world.transcript(conversation_id)
    assert [message.seq for message in transcript] == list(range(1, 51))
    assert len({message.text for message in transcript}) == 50
    assert (await world.get(conversation_id)).last_seq == 50


async def test_conversations_count_for_themselves(world):
    first, second = await world.conversation(), await world.conversation()
    await asyncio.gather(*(world.say(each, f"{n}") for n in range(5) for each in (first, second)))
    for each in (first, second):
        assert [message.seq for message in await world.transcript(each)] == [1, 2, 3, 4, 5]


async def test_a_resend_is_the_message_that_is_already_there(world):
    conversation_id = await world.conversation()
    first = await world.say(conversation_id, "你好", "same")
    again = await world.say(conversation_id, "你好", "same")
    assert (again.id, again.seq) == (first.id, first.seq)
    assert await world.turns(conversation_id) == [TurnState.PENDING]


async def test_twenty_resends_at_once_are_stored_once(world):
    conversation_id = await world.conversation()
    sent = await asyncio.gather(*(world.say(conversation_id, "你好", "same") for _ in range(20)))
    assert len({message.id for message in sent}) == 1
    assert await world.count(Message) == 1
    assert await world.count(Turn) == 1


async def test_a_client_id_belongs_to_one_conversation(world):
    for conversation_id in (await world.conversation(), await world.conversation()):
        await world.say(conversation_id, "你好", "same")
    assert await world.count(Message) == 2


async def test_a_client_id_of_somebody_else_is_refused_rather_than_taken_for_a_resend(world):
    agent = await world.agent()
    conversation = await world.claimed(agent)
    async with world.database.write() as work:
        held = await conversations.hold(work, conversation.id)
        await conversations.append(work, held, Author.AGENT, text="您好", client_id="same", agent_id=agent.id)
    with pytest.raises(InvalidField):
        await world.say(conversation.id, "我的话不能丢", "same")


async def test_a_user_s_text_queues_a_turn_with_exactly_that_text(world):
    conversation_id = await world.conversation()
    message = await world.say(conversation_id, "／restart")
    (turn,) = await world.rows(Turn)
    assert (turn.message_id, turn.text, turn.payload) == (message.id, "／restart", None)


async def test_while_a_person_owns_the_conversation_no_turn_is_queued(world):
    conversation = await world.claimed(await world.agent())
    await world.say(conversation.id, "还在吗")
    assert await world.turns(conversation.id) == []


async def test_while_the_user_waits_no_turn_is_queued(world):
    handoff = await world.handoff()
    await world.say(handoff.conversation_id, "有人吗")
    assert await world.turns(handoff.conversation_id) == []


async def test_a_refused_text_leaves_nothing_behind(world):
    conversation_id = await world.conversation()
    with pytest.raises(TextEmpty):
        await world.say(conversation_id, " ")
    assert (await world.get(conversation_id)).last_seq == 0
    assert await world.count(Turn) == 0


async def test_an_unknown_conversation_takes_nothing(world):
    with pytest.raises(NotFound):
        await world.say("c_nobody")


async def test_a_button_works_only_in_the_conversation_where_it_was_offered(world):
    mine, foreign = await world.conversation(), await world.conversation()
    await world.offer(mine, '/affirm{"x": 1}', "是的")
    pressed = await world.send(mine, Draft("1", payload='/affirm{"x": 1}'))
    assert (pressed.text, pressed.payload) == ("是的", '/affirm{"x": 1}')
    with pytest.raises(PayloadNotOffered):
        await world.send(foreign, Draft("1", payload='/affirm{"x": 1}'))


async def test_a_payload_that_is_offered_again_has_its_newest_title(world):
    conversation_id = await world.conversation()
    async with world.database.write() as work:
        await repository.offer(work.session, conversation_id, {"/affirm": "是的", "/deny": "不是"})
    async with world.database.write() as work:
        await repository.offer(work.session, conversation_id, {"/affirm": "对", "/help": "帮助"})
    offered = await world.rows(OfferedPayload)
    assert {each.payload: each.title for each in offered} == {"/affirm": "对", "/deny": "不是", "/help": "帮助"}


@pytest.mark.parametrize("payload", ["/restart", "/greet ", "/GREET", "", "/" + "x" * 5000, "/greet\x00"])
async def test_a_payload_that_was_never_offered_is_refused(world, payload):
    with pytest.raises(PayloadNotOffered):
        await world.send(await world.conversation(), Draft("1", payload=payload))
    assert await world.count(Message) == 0


async def test_an_opening_payload_is_a_line_that_is_not_drawn(world):
    conversation_id = await world.conversation()
    opened = await world.send(conversation_id, Draft("1", payload="/greet"))
    assert (opened.kind, opened.text) == (Kind.OPENING, "")
    (turn,) = await world.rows(Turn)
    assert (turn.text, turn.payload) == (None, "/greet")


async def test_what_nobody_should_send_is_hidden_before_it_is_stored_and_the_user_is_told(world):
    conversation_id = await world.conversation()
    await world.say(conversation_id, "我的身份证是11010519491231002X")
    assert await world.lines(conversation_id) == [
        ("user", "我的身份证是1101************2X"),
        ("system", "private_data_masked"),
    ]
    (turn,) = await world.rows(Turn)
    assert "19491231" not in turn.text


async def test_news_is_told_only_after_the_commit(world):
    heard = []

    async def listen(news):
        heard.extend(news)
        assert await world.count(Message) == 1

    world.database.teller = listen
    conversation_id = await world.conversation()
    await world.say(conversation_id)
    assert [type(item) for item in heard] == [MessageStored, TurnQueued, StateChanged]


async def test_after_a_rollback_nobody_hears_anything(world):
    heard = []

    async def listen(news):
        heard.extend(news)

    conversation_id = await world.conversation()
    world.database.teller = listen
    with pytest.raises(ZeroDivisionError):
        async with world.database.write() as work:
            held = await conversations.hold(work, conversation_id)
            await conversations.append(work, held, Author.USER, text="你好")
            _ = 1 / 0
    assert heard == []
    assert await world.count(Message) == 0


async def test_each_change_of_owner_begins_a_new_epoch_and_drops_what_the_bot_owes(world):
    conversation_id = await world.conversation()
    await world.say(conversation_id)
    async with world.database.write() as work:
        await conversations.change_owner(work, await conversations.hold(work, conversation_id), Owner.QUEUE)
    conversation = await world.get(conversation_id)
    assert (conversation.owner, conversation.epoch) == (Owner.QUEUE, 2)
    assert await world.turns(conversation_id) == [TurnState.DROPPED]
