"""Claims are atomic, epochs respected, and a resolved handoff gives the conversation back to the bot."""

import asyncio

import pytest

from desk.cases import service as cases
from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent, Csat
from desk.conversations.enums import Owner, TurnState
from desk.conversations.models import Turn
from desk.errors import AlreadyClaimed, CsatAlreadyGiven, InvalidField, NotFound, NotOwner, TextEmpty
from desk.handoffs import service
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff


@pytest.fixture
async def lin(world):
    return await world.agent()


@pytest.fixture
async def zhou(world):
    return await world.agent("zhou", "小周")


async def claim(world, handoff, agent):
    async with world.database.write() as work:
        return await service.claim(work, handoff.id, agent)


async def release(world, conversation, agent):
    async with world.database.write() as work:
        return await service.release(work, conversation.id, agent, conversation.epoch)


async def resolve(world, conversation, agent, note=""):
    async with world.database.write() as work:
        return await service.resolve(work, conversation.id, agent, conversation.epoch, note)


async def write(world, conversation, agent, text="您好", client_id="1", epoch=None):
    async with world.database.write() as work:
        draft = service.AgentDraft(client_id, epoch or conversation.epoch, text)
        return await service.write_as_agent(work, conversation.id, agent, draft)


async def trail(world):
    return [(event.who, event.what) for event in await world.rows(CaseEvent)]


async def test_fifty_times_two_agents_claim_at_once_and_one_wins(world, lin, zhou):
    handoffs = [await world.handoff() for _ in range(50)]
    for handoff in handoffs:
        one, two = await asyncio.gather(claim(world, handoff, lin), claim(world, handoff, zhou), return_exceptions=True)
        winner, loser = (lin, two) if not isinstance(one, Exception) else (zhou, one)
        assert isinstance(loser, AlreadyClaimed)
        assert loser.details == {"agent_name": winner.name}
        conversation = await world.get(handoff.conversation_id)
        assert (conversation.owner, conversation.agent_id) == (Owner.AGENT, winner.id)
    assert [what for _, what in await trail(world)].count("claimed") == 50


async def test_a_claim_opens_the_case_and_tells_the_user_who_came(world, lin):
    conversation = await world.claimed(lin)
    assert (conversation.owner, conversation.agent_id, conversation.epoch) == (Owner.AGENT, lin.id, 3)
    (case,) = await world.rows(Case)
    assert (case.state, case.agent_id) == (CaseState.OPEN, lin.id)
    assert (await world.lines(conversation.id))[-1] == ("system", "agent_joined")
    assert "小林" in (await world.lines_text(conversation.id))[-1]


async def test_its_winner_claims_at_once_and_again_and_it_happens_once(world, lin):
    handoff = await world.handoff()
    results = await asyncio.gather(*(claim(world, handoff, lin) for _ in range(5)))
    assert {(each.owner, each.agent_id, each.epoch) for each in results} == {(Owner.AGENT, lin.id, 3)}
    assert [what for _, what in await trail(world)].count("claimed") == 1
    assert (await world.codes(handoff.conversation_id)).count("agent_joined") == 1


async def test_who_gave_a_conversation_back_may_claim_it_anew(world, lin):
    conversation = await world.claimed(lin)
    (handoff,) = await world.rows(Handoff)
    released = await release(world, conversation, lin)
    assert (await claim(world, handoff, lin)).epoch == released.epoch + 1


async def test_there_is_nothing_to_claim_in_an_unknown_handoff(world, lin):
    with pytest.raises(NotFound):
        async with world.database.write() as work:
            await service.claim(work, "h_nothing", lin)


async def test_an_agent_s_message_is_stored_once_with_their_name(world, lin):
    conversation = await world.claimed(lin)
    first, is_new = await write(world, conversation, lin)
    again, is_new_again = await write(world, conversation, lin)
    assert (first.author, first.agent_name, first.text) == ("agent", "小林", "您好")
    assert (is_new, is_new_again, again.id) == (True, False, first.id)


async def test_a_write_with_an_old_epoch_is_refused_and_told_who_has_it(world, lin, zhou):
    conversation = await world.claimed(lin)
    old = conversation.epoch
    await release(world, conversation, lin)
    (handoff,) = await world.rows(Handoff)
    taken = await claim(world, handoff, zhou)
    for agent, epoch in ((lin, old), (lin, taken.epoch), (zhou, old)):
        with pytest.raises(NotOwner) as refused:
            await write(world, conversation, agent, epoch=epoch, client_id=f"{agent.id}{epoch}")
        assert refused.value.details == {"owner": "agent", "agent_name": "小周", "epoch": taken.epoch}
    assert ("agent", "您好") not in await world.lines(conversation.id)


async def test_a_user_s_client_id_is_no_agent_s(world, lin):
    conversation = await world.claimed(lin)
    await world.say(conversation.id, "在吗", "same")
    with pytest.raises(InvalidField):
        await write(world, conversation, lin, client_id="same")


async def test_an_empty_message_of_an_agent_is_refused(world, lin):
    with pytest.raises(TextEmpty):
        await write(world, await world.claimed(lin), lin, text=" ")


async def test_a_release_keeps_the_waiting_time_and_frees_the_handoff(world, lin):
    conversation = await world.claimed(lin)
    (before,) = await world.rows(Handoff)
    released = await release(world, conversation, lin)
    (handoff,) = await world.rows(Handoff)
    assert (handoff.state, handoff.agent_id, handoff.assigned_at) == (HandoffState.WAITING, None, None)
    assert handoff.waiting_since == before.waiting_since
    assert (released.owner, released.agent_id) == (Owner.QUEUE, None)
    assert (await world.lines(conversation.id))[-1] == ("system", "agent_left")


async def test_resolving_settles_the_case_asks_csat_and_lets_the_bot_go_on(world, lin):
    conversation = await resolve(world, await world.claimed(lin, topic="ban_appeal"), lin, "解释清楚了")
    (case,) = await world.rows(Case)
    (handoff,) = await world.rows(Handoff)
    assert (case.state, handoff.state) == (CaseState.RESOLVED, HandoffState.RESOLVED)
    assert case.resolved_at and handoff.resolved_at
    assert (conversation.owner, conversation.agent_id) == (Owner.BOT, None)
    assert (await world.lines(conversation.id))[-2:] == [("system", "handoff_resolved"), ("system", "csat_request")]
    (turn,) = await world.rows(Turn)
    assert (turn.state, turn.text) == (TurnState.PENDING, None)
    assert turn.payload == f'/handoff_resolved{{"case_number": "{case.number}"}}'


async def test_csat_is_asked_once_for_a_case_even_when_it_is_resolved_twice(world, lin):
    conversation = await resolve(world, await world.claimed(lin), lin)
    (case,) = await world.rows(Case)
    async with world.database.write() as work:
        cases.move(work, await cases.hold(work, case.number), CaseState.OPEN, "chen")
    again = await world.claimed(lin, conversation.id, case_number=case.number)
    await resolve(world, again, lin)
    codes = [code for _, code in await world.lines(conversation.id)]
    assert codes.count("handoff_resolved") == 2
    assert codes.count("csat_request") == 1
    assert await world.count(Case) == await world.count(Csat) == 1


async def test_only_the_owner_resolves_or_releases(world, lin, zhou):
    conversation = await world.claimed(lin)
    for deed in (resolve, release):
        with pytest.raises(NotOwner) as refused:
            await deed(world, conversation, zhou)
        assert refused.value.details["agent_name"] == "小林"


async def test_a_second_resolve_is_refused(world, lin):
    conversation = await world.claimed(lin)
    await resolve(world, conversation, lin)
    with pytest.raises(NotOwner):
        await resolve(world, conversation, lin)


async def test_two_resolves_at_once_happen_once(world, lin):
    conversation = await world.claimed(lin)
    results = await asyncio.gather(*(resolve(world, conversation, lin) for _ in range(5)), return_exceptions=True)
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert await world.count(Turn) == await world.count(Csat) == 1


async def test_the_trail_tells_who_did_what_in_order(world, lin, zhou):
    conversation = await world.claimed(lin)
    await release(world, conversation, lin)
    (handoff,) = await world.rows(Handoff)
    await resolve(world, await claim(world, handoff, zhou), zhou, "好了")
    async with world.database.write() as work:
        await cases.give_csat(work, conversation.id, handoff.case_number, 5, "很好")
    assert await trail(world) == [
        ("bot", "opened"),
        ("bot", "handoff_asked"),
        ("lin", "state_changed"),
        ("lin", "claimed"),
        ("lin", "released"),
        ("zhou", "claimed"),
        ("zhou", "state_changed"),
        ("desk", "csat_asked"),
        ("user", "csat_given"),
    ]
    moved = [event.detail for event in await world.rows(CaseEvent) if event.what == "state_changed"]
    assert moved == [{"from": "new", "to": "open"}, {"from": "open", "to": "resolved", "note": "好了"}]


async def test_csat_is_given_once_by_the_conversation_that_was_asked(world, lin):
    conversation = await world.claimed(lin)
    (case,) = await world.rows(Case)

    async def give(conversation_id, score=4):
        async with world.database.write() as work:
            await cases.give_csat(work, conversation_id, case.number, score, "")

    with pytest.raises(NotFound):
        await give(conversation.id)  # not asked yet
    await resolve(world, conversation, lin)
    with pytest.raises(NotFound):
        await give(await world.conversation())
    results = await asyncio.gather(*(give(conversation.id, n) for n in (1, 2, 3, 4)), return_exceptions=True)
    assert [type(result) for result in results if result] == [CsatAlreadyGiven] * 3
    assert sum(result is None for result in results) == 1


async def test_after_a_resolve_the_next_handoff_gets_a_case_of_its_own(world, lin):
    conversation = await resolve(world, await world.claimed(lin), lin)
    again = await world.handoff(conversation.id)
    assert await world.count(Case) == 2
    assert all(handoff.case_number for handoff in await world.rows(Handoff))
    assert (await world.get(conversation.id)).owner == Owner.QUEUE
    assert again.state == HandoffState.WAITING
