"""The life of a turn in the database."""

import asyncio
from datetime import timedelta

import pytest

from desk.cases.models import Case
from desk.conversations import service as conversations
from desk.conversations.enums import Owner, TurnState
from desk.conversations.models import OfferedPayload, Turn
from desk.delivery import service
from desk.delivery.bot_client import Button, Reply, TurnResult
from desk.handoffs.models import Handoff
from tests.desk.fakes import said

WISH = {"reason": "user_request", "topic": "ban_appeal", "slots": {"douyin_id": "lucky_2020"}, "failed_turns": 1}


async def take(world, limit=16, lease=5.0):
    return await service.take_due(world.database, limit, lease)


async def taken_turn(world, text="我的号被封了"):
    conversation_id = await world.conversation()
    await world.say(conversation_id, text)
    (taken,) = await take(world)
    return conversation_id, taken


async def test_the_turns_of_a_conversation_come_one_by_one_in_order(world):
    conversation_id = await world.conversation()
    for text in ("一", "二", "三"):
        await world.say(conversation_id, text)
    seen = []
    for _ in range(3):
        (taken,) = await take(world)
        assert await take(world) == []
        seen.append(taken.request.text)
        await service.finish(world.database, world.facts, taken, said("好"))
    assert seen == ["一", "二", "三"]


async def test_turns_of_different_conversations_are_taken_together_up_to_the_limit(world):
    for _ in range(5):
        await world.say(await world.conversation())
    assert len(await take(world, limit=3)) == 3
    assert len(await take(world, limit=16)) == 2


async def test_takers_at_once_never_take_the_same_turn(world):
    for _ in range(20):
        await world.say(await world.conversation())
    rounds = await asyncio.gather(*(take(world, limit=7) for _ in range(8)))
    ids = [taken.turn_id for each in rounds for taken in each]
    assert len(ids) == len(set(ids))
    ids += [taken.turn_id for taken in await take(world, limit=50)]
    assert sorted(ids) == [turn.id for turn in await world.rows(Turn)]


async def test_the_bot_is_given_message_tracker_and_context(world):
    conversation_id, taken = await taken_turn(world)
    await service.finish(world.database, world.facts, taken, said("好", tracker={"events": [1]}))
    message = await world.say(conversation_id, "谢谢")
    (taken,) = await take(world)
    request = taken.request
    assert (request.conversation_id, request.message_id) == (conversation_id, message.id)
    assert (request.text, request.payload, request.tracker) == ("谢谢", None, {"events": [1]})
    assert (request.context["locale"], request.context["vouched"]) == ("zh", False)
    assert request.context["now"].endswith("+08:00")


async def test_a_turn_of_a_dead_process_is_taken_again_when_its_lease_ends(world):
    _, taken = await taken_turn(world)
    assert await take(world) == []
    await world.age(Turn, "lease_until", timedelta(seconds=6))
    (again,) = await take(world)
    assert (again.turn_id, again.request.message_id) == (taken.turn_id, taken.request.message_id)
    assert again.lease != taken.lease


async def test_who_lost_the_lease_stores_nothing(world):
    conversation_id, late = await taken_turn(world)
    await world.age(Turn, "lease_until", timedelta(seconds=6))
    (again,) = await take(world)
    assert not await service.finish(world.database, world.facts, late, said("迟到的"))
    assert await service.finish(world.database, world.facts, again, said("好的"))
    assert not await service.finish(world.database, world.facts, late, said("迟到的"))
    assert await world.lines(conversation_id) == [("user", "我的号被封了"), ("bot", "好的")]


async def test_a_renewed_lease_is_respected(world):
    _, taken = await taken_turn(world)
    await world.age(Turn, "lease_until", timedelta(seconds=6))
    await service.renew(world.database, [taken.lease], 5.0)
    assert await take(world) == []


async def test_replies_tracker_buttons_and_end_of_the_turn_are_stored_together(world):
    conversation_id, taken = await taken_turn(world)
    reply = Reply(text="是这个吗", buttons=[Button(title="是", payload="/affirm")])
    card = Reply(card={"type": "penalty"})
    result = TurnResult(replies=[reply, card], tracker={"events": ["x"]})
    assert await service.finish(world.database, world.facts, taken, result)
    _, first, second = await world.transcript(conversation_id)
    assert (first.text, first.buttons) == ("是这个吗", [{"title": "是", "payload": "/affirm"}])
    assert (second.kind, second.card) == ("card", {"type": "penalty"})
    assert (await world.get(conversation_id)).tracker == {"events": ["x"]}
    assert await world.turns(conversation_id) == [TurnState.DONE]
    assert [row.payload for row in await world.rows(OfferedPayload)] == ["/affirm"]


async def test_when_the_commit_fails_in_the_middle_nothing_is_kept(world, monkeypatch):
    conversation_id, taken = await taken_turn(world)

    async def breaks(*_args, **_more):
        raise RuntimeError("the power goes")

    monkeypatch.setattr(service.handoffs, "_tell_place", breaks)
    with pytest.raises(RuntimeError):
        await service.finish(world.database, world.facts, taken, said("再见", tracker={"events": [1]}, handoff=WISH))
    conversation = await world.get(conversation_id)
    assert (conversation.owner, conversation.epoch, conversation.tracker) == (Owner.BOT, 1, None)
    assert await world.lines(conversation_id) == [("user", "我的号被封了")]
    assert await world.turns(conversation_id) == [TurnState.RUNNING]
    assert await world.count(Case) == await world.count(Handoff) == 0


async def test_the_handoff_a_turn_asks_for_keeps_its_farewell(world):
    conversation_id, taken = await taken_turn(world)
    assert await service.finish(world.database, world.facts, taken, said("这就为您转接", handoff=WISH))
    lines = await world.lines(conversation_id)
    assert lines[:2] == [("user", "我的号被封了"), ("bot", "这就为您转接")]
    assert lines[2][1].startswith("queue_joined")
    assert await world.turns(conversation_id) == [TurnState.DONE]
    assert (await world.get(conversation_id)).owner == Owner.QUEUE
    (handoff,) = await world.rows(Handoff)
    (case,) = await world.rows(Case)
    assert (handoff.case_number, handoff.topic) == (case.number, "ban_appeal")
    assert handoff.brief == {"slots": {"douyin_id": "lucky_2020"}, "lookups": [], "failed_turns": 1}


async def test_what_the_user_wrote_meanwhile_is_dropped_with_the_handoff_and_kept_in_the_transcript(world):
    conversation_id, taken = await taken_turn(world)
    await world.say(conversation_id, "快点")
    await service.finish(world.database, world.facts, taken, said("这就为您转接", handoff=WISH))
    assert await world.turns(conversation_id) == [TurnState.DONE, TurnState.DROPPED]
    assert await take(world) == []
    assert ("user", "快点") in await world.lines(conversation_id)


async def test_an_owner_change_from_elsewhere_discards_the_turn(world):
    conversation_id, taken = await taken_turn(world)
    await world.handoff(conversation_id)
    assert not await service.finish(world.database, world.facts, taken, said("迟到的", tracker={"events": [1]}))
    assert ("bot", "迟到的") not in await world.lines(conversation_id)
    assert (await world.get(conversation_id)).tracker is None


async def test_a_late_reply_is_discarded_even_when_the_bot_owns_again(world):
    conversation_id, taken = await taken_turn(world)
    async with world.database.write() as work:
        for owner in (Owner.QUEUE, Owner.BOT):
            await conversations.change_owner(work, await conversations.hold(work, conversation_id), owner)
    assert not await service.finish(world.database, world.facts, taken, said("迟到的"))


async def test_a_failed_turn_waits_longer_each_time(world):
    await world.say(await world.conversation())
    pauses = []
    for _ in range(3):
        (taken,) = await take(world)
        await service.put_back(world.database, taken, "status 500")
        assert await take(world) == []
        (turn,) = await world.rows(Turn)
        pauses.append((turn.next_try_at - turn.created_at).total_seconds())
        await world.age(Turn, "next_try_at", timedelta(seconds=10))
    assert turn.state == TurnState.PENDING and turn.last_problem == "status 500" and turn.attempts == 3
    assert 0.5 <= pauses[0] < pauses[1] < pauses[2] and pauses[2] >= 2.0


async def test_a_turn_that_was_dropped_meanwhile_is_not_put_back(world):
    conversation_id, taken = await taken_turn(world)
    await world.handoff(conversation_id)
    await service.put_back(world.database, taken, "status 500")
    assert await world.turns(conversation_id) == [TurnState.DROPPED]


async def test_a_later_turn_waits_for_an_earlier_one_that_is_put_back(world):
    conversation_id, taken = await taken_turn(world)
    await world.say(conversation_id, "二")
    await service.put_back(world.database, taken, "timeout")
    assert await take(world) == []
