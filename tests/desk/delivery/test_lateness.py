"""The user of a bot that does not answer is told once, and handed to a person once."""

import asyncio
from datetime import timedelta

import pytest

from desk.cases.enums import CaseState
from desk.cases.models import Case
from desk.conversations.enums import Owner, TurnState
from desk.conversations.models import Turn
from desk.delivery import service
from desk.handoffs.models import Handoff
from tests.desk.fakes import said


async def waiting_since(world, seconds, texts=("我的号被封了",)):
    conversation_id = await world.conversation()
    for text in texts:
        await world.say(conversation_id, text)
    await world.age(Turn, "created_at", timedelta(seconds=seconds))
    return conversation_id


async def notices(world, conversation_id):
    return [code for author, code in await world.lines(conversation_id) if author == "system"]


async def test_before_the_time_nobody_is_told_anything(world):
    conversation_id = await waiting_since(world, 9)
    await service.tell_waiting(world.database, 10)
    await service.give_up(world.database, world.facts, 30)
    assert await notices(world, conversation_id) == []


async def test_a_waiting_user_is_told_once(world):
    conversation_id = await waiting_since(world, 11, ("一", "二"))
    for _ in range(3):
        await service.tell_waiting(world.database, 10)
    assert await notices(world, conversation_id) == ["bot_slow"]


async def test_two_desks_tell_a_waiting_user_once(world):
    conversation_id = await waiting_since(world, 11)
    await asyncio.gather(*(service.tell_waiting(world.database, 10) for _ in range(6)))
    assert await notices(world, conversation_id) == ["bot_slow"]


async def test_what_comes_while_one_waits_brings_no_second_notice(world):
    conversation_id = await waiting_since(world, 11)
    await service.tell_waiting(world.database, 10)
    await world.say(conversation_id, "还在吗")
    await world.age(Turn, "created_at", timedelta(seconds=11))
    await service.tell_waiting(world.database, 10)
    assert await notices(world, conversation_id) == ["bot_slow"]


async def test_a_new_wait_after_an_answer_is_told_again(world):
    conversation_id = await waiting_since(world, 11)
    await service.tell_waiting(world.database, 10)
    (taken,) = await service.take_due(world.database, 1, 5)
    await service.finish(world.database, world.facts, taken, said("来了"))
    await world.say(conversation_id, "二")
    await world.age(Turn, "created_at", timedelta(seconds=11))
    await service.tell_waiting(world.database, 10)
    assert await notices(world, conversation_id) == ["bot_slow", "bot_slow"]


async def test_a_user_given_up_on_is_handed_over_with_the_reason(world):
    conversation_id = await waiting_since(world, 31, ("一", "二"))
    await service.give_up(world.database, world.facts, 30)
    (handoff,) = await world.rows(Handoff)
    assert (handoff.reason, handoff.brief["failed_turns"]) == ("bot_unavailable", 2)
    assert (await notices(world, conversation_id))[0] == "bot_unavailable"
    assert (await world.get(conversation_id)).owner == Owner.QUEUE
    assert await world.turns(conversation_id) == [TurnState.DROPPED, TurnState.DROPPED]
    assert await service.take_due(world.database, 9, 5) == []


async def test_who_has_an_unsettled_case_is_handed_over_with_it_to_those_who_know_its_topic(world):
    conversation_id = await waiting_since(world, 31)
    await world.case(conversation_id, topic="live_quality")
    case = await world.case(conversation_id, topic="ban_appeal")
    await world.case(conversation_id, CaseState.RESOLVED, topic="login_failed")
    await service.give_up(world.database, world.facts, 30)
    (handoff,) = await world.rows(Handoff)
    assert (handoff.case_number, handoff.topic, handoff.skill_group) == (case.number, "ban_appeal", "penalty_appeal")


async def test_several_desks_giving_up_at_once_make_one_case_and_one_handoff(world):
    conversation_id = await waiting_since(world, 31)
    await asyncio.gather(*(service.give_up(world.database, world.facts, 30) for _ in range(6)))
    assert await world.count(Handoff) == await world.count(Case) == 1
    assert (await notices(world, conversation_id)).count("bot_unavailable") == 1


async def test_a_turn_that_runs_when_the_desk_gives_up_says_nothing_afterwards(world):
    conversation_id = await waiting_since(world, 31)
    (taken,) = await service.take_due(world.database, 1, 5)
    await service.give_up(world.database, world.facts, 30)
    assert not await service.finish(world.database, world.facts, taken, said("迟到的"))
    assert ("bot", "迟到的") not in await world.lines(conversation_id)


@pytest.mark.parametrize("watch", ["tell_waiting", "give_up"])
async def test_a_conversation_with_a_person_is_left_alone(world, watch):
    conversation = await world.claimed(await world.agent())
    before = await world.lines(conversation.id)
    await service.tell_waiting(world.database, 0)
    await service.give_up(world.database, world.facts, 0)
    assert await world.lines(conversation.id) == before
