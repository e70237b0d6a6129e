"""A user opens a settled case again: their own, once, a step more pressing, due anew."""

import asyncio
from datetime import timedelta

import pytest

from desk.accounts import repository as proofs
from desk.cases.enums import CaseState, Priority
from desk.cases.models import Case, CaseEvent
from desk.clock import now
from desk.conversations.models import Message
from desk.errors import IllegalTransition, NotFound
from desk.handoffs.models import Handoff

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState


@pytest.mark.parametrize("settled", [RESOLVED, CLOSED])
async def test_a_settled_case_is_open_again_more_pressing_and_due_anew(world, settled):
    case = await world.case(to=settled)
    for column in ("created_at", "due_at"):
        await world.age(Case, column, timedelta(days=30))
    assert await world.reopen(case.conversation_id, case.number)
    (stored,) = await world.rows(Case)
    assert (case.priority, stored.priority, stored.state) == (Priority.NORMAL, Priority.HIGH, OPEN)
    hours = (stored.due_at - now()).total_seconds() / 3600
    assert world.facts.case_sla_by_priority["high"] - 0.1 < hours <= world.facts.case_sla_by_priority["high"]
    assert stored.opened_at > case.resolved_at


async def test_it_is_noted_who_did_it_and_said_to_the_user(world):
    case = await world.case(to=RESOLVED)
    await world.reopen(case.conversation_id, case.number)
    event = (await world.rows(CaseEvent))[-1]
    assert (event.who, event.what) == ("user", "reopened")
    assert event.detail == {"from": "resolved", "to": "open", "priority": "high"}
    (line,) = await world.transcript(case.conversation_id)
    assert (line.author, line.kind, line.code) == ("system", "notice", "case_reopened")
    assert case.number in line.text and (line.card["number"], line.card["state"]) == (case.number, "open")


@pytest.mark.parametrize("state", [NEW, OPEN, WAITING])
async def test_an_unsettled_case_stays_as_it_is(world, state):
    case = await world.case(to=state)
    events = await world.count(CaseEvent)
    assert not await world.reopen(case.conversation_id, case.number)
    (stored,) = await world.rows(Case)
    assert (stored.state, stored.priority, stored.due_at) == (state, case.priority, case.due_at)
    assert await world.count(CaseEvent) == events and await world.count(Message) == 0


async def test_reopening_asks_for_no_person(world):
    case = await world.case(to=RESOLVED)
    await world.reopen(case.conversation_id, case.number)
    assert await world.count(Handoff) == 0
    assert (await world.get(case.conversation_id)).owner == "bot"


async def test_a_vouched_for_user_reopens_from_another_conversation_and_is_told_there(world):
    old, new = await world.conversation(user_ref="u1"), await world.conversation(user_ref="u1")
    case = await world.case(old, RESOLVED)
    assert await world.reopen(new, case.number)
    assert (await world.codes(old), await world.codes(new)) == ([], ["case_reopened"])


@pytest.mark.parametrize("target", ["case", "phone"])
async def test_who_gave_the_phone_number_of_the_case_may_reopen_it(world, target):
    case = await world.case(to=RESOLVED, contact_phone="13800001111")
    elsewhere = await world.conversation()
    async with world.database.write() as work:
        proved = {"case": f"case:{case.number}", "phone": "phone:13800001111"}[target]
        await proofs.prove(work.session, elsewhere, proved, now())
    assert await world.reopen(elsewhere, case.number)


@pytest.mark.parametrize(
    ("owner", "stranger"),
    [("u1", "u2"), ("u1", None), (None, "u2"), (None, None)],
)
async def test_a_case_of_another_user_is_not_found(world, owner, stranger):
    case = await world.case(await world.conversation(user_ref=owner), RESOLVED)
    foreign = await world.conversation(user_ref=stranger)
    async with world.database.write() as work:
        await proofs.prove(work.session, foreign, "case:KF20260101000000", now())
        await proofs.prove(work.session, foreign, "phone:13900002222", now())
    for number in (case.number, "KF20260101000000"):
        with pytest.raises(NotFound):
            await world.reopen(foreign, number)
    assert (await world.rows(Case))[0].state == RESOLVED
    assert await world.count(Message) == 0


async def test_two_at_once_reopen_once(world):
    case = await world.case(to=RESOLVED)
    results = await asyncio.gather(*(world.reopen(case.conversation_id, case.number) for _ in range(6)))
    assert sorted(results) == [False] * 5 + [True]
    assert (await world.rows(Case))[0].priority == Priority.HIGH
    assert await world.codes(case.conversation_id) == ["case_reopened"]


async def test_two_conversations_of_one_user_at_once_reopen_once(world):
    places = [await world.conversation(user_ref="u1") for _ in range(4)]
    case = await world.case(places[0], CLOSED)
    results = await asyncio.gather(*(world.reopen(place, case.number) for place in places))
    assert sorted(results) == [False, False, False, True]
    assert await world.count(Message) == 1


async def test_resolving_and_reopening_at_once_happen_one_after_the_other(world):
    for _ in range(8):
        case = await world.case(to=OPEN)
        moved, reopened = await asyncio.gather(
            world.move(case.number, RESOLVED), world.reopen(case.conversation_id, case.number)
        )
        told = await world.codes(case.conversation_id)
        (stored,) = [row for row in await world.rows(Case) if row.number == case.number]
        assert moved is None
        assert (stored.state, told) == (
            (OPEN, ["case_state_changed", "csat_request", "case_reopened"])
            if reopened
            else (RESOLVED, ["case_state_changed", "csat_request"])
        )


async def test_closing_and_reopening_at_once_leave_one_true_state(world):
    for _ in range(8):
        case = await world.case(to=RESOLVED)
        closed, reopened = await asyncio.gather(
            world.move(case.number, CLOSED), world.reopen(case.conversation_id, case.number), return_exceptions=True
        )
        assert reopened is True and (closed is None or isinstance(closed, IllegalTransition))
        (stored,) = [row for row in await world.rows(Case) if row.number == case.number]
        assert stored.state == OPEN


async def test_a_handoff_after_it_belongs_to_the_reopened_case_with_its_new_priority(world):
    old, new = await world.conversation(user_ref="u1"), await world.conversation(user_ref="u1")
    case = await world.case(old, RESOLVED)
    await world.reopen(new, case.number)
    handoff = await world.handoff(new, topic="ban_appeal", case_number=case.number)
    assert (handoff.case_number, handoff.priority) == (case.number, Priority.HIGH)
    assert await world.count(Case) == 1


async def test_a_handoff_opens_a_case_of_its_own_where_the_named_one_is_settled(world):
    case = await world.case(to=RESOLVED)
    handoff = await world.handoff(case.conversation_id, topic="ban_appeal", case_number=case.number)
    assert handoff.case_number != case.number


async def test_a_handoff_never_belongs_to_another_user_s_case_though_it_is_named(world):
    case = await world.case(await world.conversation(user_ref="u1"), OPEN)
    handoff = await world.handoff(await world.conversation(user_ref="u2"), case_number=case.number)
    assert handoff.case_number != case.number
