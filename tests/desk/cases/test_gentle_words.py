"""Who was in despair reads no case number and is asked for no rating."""

import pytest

from desk.cases.enums import CaseState
from desk.cases.models import Case, Csat
from desk.conversations.models import OfferedPayload, Turn
from desk.handoffs import service as handoffs

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState


@pytest.fixture(params=["the topic", "why a person was asked for"])
async def crisis(world, request):
    if request.param == "the topic":
        return await world.case(to=OPEN, topic="self_harm_crisis")
    case = await world.case(to=OPEN)
    await world.handoff(case.conversation_id, reason="crisis", case_number=case.number)
    return case


async def test_in_a_crisis_no_number_is_read_and_nothing_asked(world, crisis):
    before = await world.codes(crisis.conversation_id)
    await world.move(crisis.number, RESOLVED)
    assert (await world.rows(Case))[0].state == RESOLVED
    assert await world.codes(crisis.conversation_id) == before
    assert await world.count(Csat) == await world.count(OfferedPayload) == 0


async def test_in_a_crisis_an_agent_s_words_are_said_alone(world, crisis):
    await world.move(crisis.number, WAITING, tell="我明天再来看您")
    line = await world.last(crisis.conversation_id)
    assert (line.code, line.text, line.card, line.buttons) == ("case_words", "同事说：我明天再来看您", None, [])


async def test_in_a_crisis_reopening_is_said_gently(world, crisis):
    await world.move(crisis.number, RESOLVED)
    await world.reopen(crisis.conversation_id, crisis.number)
    line = await world.last(crisis.conversation_id)
    assert (line.code, line.card) == ("case_reopened_crisis", None)
    assert crisis.number not in line.text


async def test_a_crisis_talk_ends_without_a_number_and_without_a_question(world):
    carer = await world.agent(skill_groups=["crisis_care"])
    conversation = await world.claimed(carer, reason="crisis", topic="self_harm_crisis")
    async with world.database.write() as work:
        await handoffs.resolve(work, conversation.id, carer, conversation.epoch)
    (case,) = await world.rows(Case)
    line = await world.last(conversation.id)
    assert (line.code, case.state) == ("handoff_resolved_crisis", RESOLVED)
    assert case.number not in line.text and await world.count(Csat) == 0
    assert [turn.payload for turn in await world.rows(Turn)] == ["/handoff_resolved"]
