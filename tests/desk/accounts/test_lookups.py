"""Whose is it? Details go only to those who opened it, are vouched for, or know the registered phone."""

import asyncio
from datetime import timedelta

import pytest

from desk.accounts import service
from desk.accounts.models import OwnershipTry
from desk.accounts.service import NOT_FOUND, PROOF_NEEDED
from desk.cases import service as cases
from desk.cases.models import Case
from desk.errors import AccountsUnavailable, NotFound, TooManyTries

RIGHT, WRONG = "13800001111", "13800009999"


@pytest.fixture
def ask(world, accounts):
    """Look an account up."""
    connector = accounts.connector()

    def look_up(conversation_id, phone=None, douyin_id="lucky_2020"):
        return service.look_up_account(world.database, connector, conversation_id, douyin_id, phone)

    return look_up


async def refused(calls):
    """How many of these were refused for too many tries."""
    results = await asyncio.gather(*calls, return_exceptions=True)
    return sum(isinstance(result, TooManyTries) for result in results)


async def exhaust(world, ask, times=5, **more):
    conversation_id = await world.conversation()
    for _ in range(times):
        assert await ask(conversation_id, WRONG, **more) == NOT_FOUND
    return conversation_id


async def test_without_a_phone_the_answer_is_the_same_whether_the_account_exists_or_not(world, ask, accounts):
    conversation_id = await world.conversation()
    assert await ask(conversation_id) == PROOF_NEEDED
    assert await ask(conversation_id, douyin_id="nobody_here") == PROOF_NEEDED
    assert accounts.asked == []


async def test_with_a_wrong_phone_the_answer_is_the_same_as_for_no_account(world, ask):
    conversation_id = await world.conversation()
    assert await ask(conversation_id, WRONG) == NOT_FOUND
    assert await ask(conversation_id, WRONG, "nobody_here") == NOT_FOUND


async def test_the_registered_phone_opens_the_account_and_is_not_told_again(world, ask):
    conversation_id = await world.conversation()
    found = await ask(conversation_id, "+86 138-0000-1111")
    assert found.result == "found" and found.account["status"] == "banned"
    assert "phone" not in found.account
    assert (await ask(conversation_id)).result == "found"


async def test_a_proof_counts_for_its_conversation_and_its_account_only(world, ask):
    conversation_id = await world.conversation()
    await ask(conversation_id, RIGHT)
    assert await ask(conversation_id, douyin_id="other_one") == PROOF_NEEDED
    assert await ask(await world.conversation()) == PROOF_NEEDED


async def test_an_account_without_a_registered_phone_is_proved_by_no_phone(world, ask, accounts):
    for phone in (None, ""):
        accounts.accounts["lucky_2020"]["phone"] = phone
        assert await ask(await world.conversation(), "没有") == NOT_FOUND


async def test_a_vouched_for_user_needs_no_phone_for_their_own_accounts(world, ask):
    conversation_id = await world.conversation(user_ref="u1", vouched_accounts=["Lucky_2020"])
    assert (await ask(conversation_id)).result == "found"
    assert await ask(conversation_id, douyin_id="other_one") == PROOF_NEEDED


async def test_a_conversation_has_five_tries_an_hour(world, ask):
    conversation_id = await world.conversation()
    for n in range(5):
        assert await ask(conversation_id, WRONG, f"someone_{n}") == NOT_FOUND
    with pytest.raises(TooManyTries) as refusal:
        await ask(conversation_id, RIGHT)
    assert 3500 <= refusal.value.details["retry_after"] <= 3600


async def test_an_account_has_five_tries_an_hour_from_all_conversations_together(world, ask):
    for n in range(5):
        await ask(await world.conversation(f"address {n}"), WRONG)
    with pytest.raises(TooManyTries):
        await ask(await world.conversation("yet another"), RIGHT)


@pytest.mark.parametrize("alias", ["LUCKY_2020", "%6cucky_2020", "lucky%5F2020", "./lucky_2020", " lucky_2020"])
async def test_another_way_to_write_an_id_gives_no_more_tries(world, ask, alias):
    for n in range(5):
        await ask(await world.conversation(f"address {n}"), WRONG)
    try:
        found = await ask(await world.conversation("yet another"), RIGHT, alias)
    except TooManyTries:
        return
    assert found == NOT_FOUND


async def test_an_address_has_fifty_tries_an_hour(world, ask):
    for n in range(10):
        conversation_id = await world.conversation("one address")
        for m in range(5):
            await ask(conversation_id, WRONG, f"someone_{n}_{m}")
    with pytest.raises(TooManyTries) as refusal:
        await ask(await world.conversation("one address"), RIGHT)
    assert 3400 <= refusal.value.details["retry_after"] <= 3600
    assert (await ask(await world.conversation("another"), RIGHT)).result == "found"


async def test_tries_at_once_cannot_slip_past_the_limit_of_a_conversation(world, ask):
    conversation_id = await world.conversation()
    assert await refused(ask(conversation_id, WRONG, f"someone_{n}") for n in range(12)) == 7


async def test_tries_at_once_cannot_slip_past_the_limit_of_an_account(world, ask):
    conversations = [await world.conversation(f"address {n}") for n in range(12)]
    assert await refused(ask(each, WRONG) for each in conversations) == 7


async def test_tries_at_once_cannot_slip_past_the_limit_of_an_address(world, ask):
    conversations = [await world.conversation("one address") for _ in range(60)]
    calls = (ask(each, WRONG, f"someone_{n}") for n, each in enumerate(conversations))
    assert await refused(calls) == 10


async def test_after_an_hour_one_may_try_again(world, ask):
    conversation_id = await exhaust(world, ask)
    await world.age(OwnershipTry, "at", timedelta(minutes=59))
    with pytest.raises(TooManyTries) as refusal:
        await ask(conversation_id, RIGHT)
    assert refusal.value.details["retry_after"] <= 60
    await world.age(OwnershipTry, "at", timedelta(minutes=2))
    assert (await ask(conversation_id, RIGHT)).result == "found"


async def test_a_try_that_succeeds_does_not_count_as_a_failed_one(world, ask):
    conversation_id = await exhaust(world, ask, times=4)
    assert (await ask(conversation_id, RIGHT)).result == "found"
    assert await ask(conversation_id, WRONG, "nobody_here") == NOT_FOUND


async def test_an_exhausted_conversation_still_sees_what_it_has_proved(world, ask):
    conversation_id = await world.conversation()
    await ask(conversation_id, RIGHT)
    for n in range(5):
        await ask(conversation_id, WRONG, f"someone_{n}")
    assert (await ask(conversation_id)).result == "found"


async def test_when_the_account_system_is_away_the_user_loses_no_try(world, ask, accounts):
    conversation_id = await world.conversation()
    accounts.down = True
    for _ in range(6):
        with pytest.raises(AccountsUnavailable):
            await ask(conversation_id, RIGHT)
    accounts.down = False
    assert (await ask(conversation_id, RIGHT)).result == "found"


async def test_an_unknown_conversation_learns_nothing(ask):
    with pytest.raises(NotFound):
        await ask("c_nobody", RIGHT)


@pytest.fixture
async def case(world):
    """A case of somebody else, with a phone."""
    return await open_case(world, await world.conversation(), contact_phone=RIGHT)


async def open_case(world, conversation_id, **more):
    async with world.database.write() as work:
        return await cases.open_case(
            work, world.facts, conversation_id=conversation_id, topic="general", fields={}, **{"user_ref": None, **more}
        )


def look_up(world, conversation_id, number=None, phone=None):
    return service.look_up_cases(world.database, conversation_id, number, phone)


async def test_a_conversation_sees_its_own_cases(world, case):
    assert [found.number for found in (await look_up(world, case.conversation_id)).cases] == [case.number]
    assert (await look_up(world, case.conversation_id, case.number)).result == "found"
    assert await look_up(world, await world.conversation()) == NOT_FOUND


async def test_a_foreign_number_needs_proof_whether_it_exists_or_not(world, case):
    conversation_id = await world.conversation()
    assert await look_up(world, conversation_id, case.number) == PROOF_NEEDED
    assert await look_up(world, conversation_id, "KF20200101000000") == PROOF_NEEDED
    assert await look_up(world, conversation_id, case.number, WRONG) == NOT_FOUND
    assert await look_up(world, conversation_id, "KF20200101000000", WRONG) == NOT_FOUND


async def test_the_phone_registered_for_a_case_opens_it_from_then_on(world, case):
    conversation_id = await world.conversation()
    assert (await look_up(world, conversation_id, case.number, "138 0000 1111")).result == "found"
    assert (await look_up(world, conversation_id, case.number)).result == "found"
    assert await look_up(world, await world.conversation(), case.number) == PROOF_NEEDED


async def test_a_phone_alone_finds_the_cases_registered_for_it(world, case):
    found = await look_up(world, await world.conversation(), phone=RIGHT)
    assert [each.number for each in found.cases] == [case.number]


@pytest.mark.parametrize("contact_phone", [None, ""])
async def test_a_case_without_a_phone_is_opened_by_none(world, contact_phone):
    case = await open_case(world, await world.conversation(), contact_phone=contact_phone)
    for number in (case.number, None):
        assert await look_up(world, await world.conversation(), number, "没有") == NOT_FOUND


async def test_tries_on_cases_count_like_those_on_accounts(world, case, ask):
    conversation_id = await exhaust(world, ask, times=3)
    for _ in range(2):
        await look_up(world, conversation_id, case.number, WRONG)
    with pytest.raises(TooManyTries):
        await look_up(world, conversation_id, case.number, RIGHT)


async def test_a_case_has_five_tries_an_hour_from_all_conversations_together(world, case):
    conversations = [await world.conversation(f"address {n}") for n in range(9)]
    assert await refused(look_up(world, each, case.number, WRONG) for each in conversations) == 4
    with pytest.raises(TooManyTries):
        await look_up(world, await world.conversation("late"), case.number, RIGHT)


async def test_a_vouched_for_user_sees_the_cases_of_all_their_conversations(world):
    first = await world.conversation(user_ref="u1")
    case = await open_case(world, first, user_ref="u1")
    assert (await look_up(world, await world.conversation(user_ref="u1"), case.number)).result == "found"
    assert await look_up(world, await world.conversation(user_ref="u2"), case.number) == PROOF_NEEDED
    assert await world.count(Case) == 1
