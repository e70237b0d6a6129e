"""A user is told of their case where they were last, and nobody else is."""

import pytest

from desk.cases import service
from desk.cases.enums import CaseState
from desk.conversations import repository

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState


async def test_a_vouched_for_user_is_told_where_they_were_last(world):
    old, new = [await world.conversation(user_ref="u1") for _ in range(2)]
    case = await world.case(old, OPEN)
    await world.unused_for(old, 5)
    await world.move(case.number, RESOLVED)
    assert await world.codes(old) == []
    assert await world.codes(new) == ["case_state_changed", "csat_request"]
    async with world.database.write() as work:
        await service.give_csat(work, new, case.number, 5, "")


async def test_they_are_told_in_the_language_of_that_conversation(world):
    old, new = await world.conversation(user_ref="u1"), await world.conversation(user_ref="u1", locale="en")
    case = await world.case(old)
    await world.unused_for(old, 5)
    await world.move(case.number, OPEN)
    assert (await world.last(new)).text.isascii()


async def test_a_conversation_of_an_earlier_time_is_not_dug_out(world):
    old, new = [await world.conversation(user_ref="u1") for _ in range(2)]
    case = await world.case(new)
    await world.unused_for(old, 5)
    await world.move(case.number, OPEN)
    assert (await world.codes(old), await world.codes(new)) == ([], ["case_state_changed"])


@pytest.mark.parametrize(
    "other",
    [
        {"user_ref": "u2"},
        {"user_ref": None},
        {"user_ref": "u1", "channel": "rest"},
    ],
    ids=["another user's", "nobody's", "of a channel where nobody is vouched for"],
)
async def test_no_other_conversation_is_told(world, other):
    own = await world.conversation(user_ref="u1")
    case = await world.case(own)
    foreign = await world.conversation(**other)
    await world.unused_for(own, 5)
    await world.move(case.number, OPEN)
    assert (await world.codes(foreign), await world.codes(own)) == ([], ["case_state_changed"])


async def test_a_case_of_an_unknown_user_is_told_where_it_was_opened_though_others_are_unknown_too(world):
    own, foreign = await world.conversation(), await world.conversation()
    case = await world.case(own)
    await world.unused_for(own, 5)
    await world.move(case.number, OPEN)
    assert (await world.codes(foreign), await world.codes(own)) == ([], ["case_state_changed"])


async def test_a_case_opened_before_its_user_was_vouched_for_stays_where_it_was_opened(world):
    own, new = await world.conversation(), await world.conversation(user_ref="u1")
    case = await world.case(own)
    async with world.database.write() as work:
        (await repository.lock(work.session, own)).user_ref = "u1"
    await world.unused_for(own, 5)
    await world.move(case.number, OPEN)
    assert (await world.codes(new), await world.codes(own)) == ([], ["case_state_changed"])
