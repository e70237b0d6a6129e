"""Deeds on one case at the same moment: each happens once, is told once, and waits for none forever."""

import asyncio

from desk.cases import service
from desk.cases.enums import CaseState
from desk.cases.models import Case, Csat
from desk.conversations.models import Conversation
from desk.errors import IllegalTransition
from desk.handoffs import service as handoffs

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState


async def at_once(*deeds):
    return await asyncio.gather(*deeds, return_exceptions=True)


async def test_one_move_asked_for_at_once_is_told_once(world):
    case = await world.case(to=OPEN)
    results = await at_once(*(world.move(case.number, RESOLVED) for _ in range(6)))
    assert [type(result) for result in results if result] == [IllegalTransition] * 5
    assert await world.codes(case.conversation_id) == ["case_state_changed", "csat_request"]


async def test_two_ways_of_resolving_at_once_ask_once(world):
    lin = await world.agent()
    for _ in range(8):
        conversation = await world.claimed(lin)
        number = await world.case_of(conversation.id)

        async def resolve(conversation=conversation):
            async with world.database.write() as work:
                await handoffs.resolve(work, conversation.id, lin, conversation.epoch)

        moved, ended = await at_once(world.move(number, RESOLVED), resolve())
        assert ended is None and (moved is None or isinstance(moved, IllegalTransition))
        told = await world.codes(conversation.id)
        assert told.count("csat_request") == told.count("handoff_resolved") == 1
        assert told.count("case_state_changed") == (moved is None)


async def test_a_rating_at_the_moment_of_a_move_is_kept(world):
    for _ in range(8):
        case = await world.case(to=OPEN)
        await world.move(case.number, RESOLVED)

        async def rate(case=case):
            async with world.database.write() as work:
                await service.give_csat(work, case.conversation_id, case.number, 1, "")

        assert await at_once(rate(), world.move(case.number, OPEN)) == [None, None]
    assert {row.score for row in await world.rows(Csat)} == {1}
    assert {row.state for row in await world.rows(Case)} == {OPEN}


async def test_moves_and_messages_at_once_leave_no_gap_in_the_numbers(world):
    case = await world.case()
    talk = [world.say(case.conversation_id, f"{n}") for n in range(6)]
    moves = [world.move(case.number, to) for to in (OPEN, WAITING, RESOLVED, OPEN, RESOLVED, CLOSED)]
    await at_once(*(deed for pair in zip(talk, moves, strict=True) for deed in pair))
    lines = await world.transcript(case.conversation_id)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert (await world.get(case.conversation_id)).last_seq == len(lines)


async def test_moves_told_in_one_conversation_and_talk_in_the_other_never_wait_for_each_other_forever(world):
    """A handoff holds its own conversation and the case, a move the newest one and the case."""
    lin = await world.agent()
    for n in range(8):
        old, new = [await world.conversation(user_ref=f"u{n}") for _ in range(2)]
        conversation = await world.claimed(lin, old)
        await world.unused_for(old, 5)

        async def resolve(conversation=conversation):
            async with world.database.write() as work:
                await handoffs.resolve(work, conversation.id, lin, conversation.epoch)

        results = await asyncio.wait_for(
            at_once(resolve(), world.move(await world.case_of(old), RESOLVED), world.say(new, "在吗")), 20
        )
        assert not [
            result for result in results if isinstance(result, Exception) and not isinstance(result, IllegalTransition)
        ]
    assert await world.count(Csat) == 8
    assert await world.count(Conversation) == 16
