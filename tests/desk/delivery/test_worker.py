"""Workers take turns, ask the bot, and share the work with others."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager

import pytest

from desk.channels import intake
from desk.conversations.enums import Owner, TurnState
from desk.conversations.models import Turn
from desk.conversations.service import Draft
from desk.database import Database
from desk.delivery import worker as module
from desk.delivery.bot_client import BotFailed
from desk.delivery.worker import Worker
from tests.desk.fakes import said


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.02)


@asynccontextmanager
async def working(*workers):
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            await worker.stop()


async def settled(world, seconds=10.0):
    """Until no turn is waiting or running."""
    async with asyncio.timeout(seconds):
        while any(turn.state in (TurnState.PENDING, TurnState.RUNNING) for turn in await world.rows(Turn)):
            await asyncio.sleep(0.02)


async def test_each_message_is_answered_once_in_order_while_conversations_run_in_parallel(world, bot, settings):
    bot.waits(0.02)
    conversations = [await world.conversation() for _ in range(6)]
    async with working(Worker(world.database, bot, world.facts, settings)):
        for n in range(3):
            await asyncio.gather(*(world.say(each, f"{n}") for each in conversations))
        await settled(world)
    for each in conversations:
        answers = [text for author, text in await world.lines(each) if author == "bot"]
        assert answers == ["re: 0", "re: 1", "re: 2"]
    assert bot.overlaps == []
    assert bot.most_at_once > 1


async def test_two_desks_sharing_the_work_never_run_a_turn_twice(world, bot, settings):
    bot.waits(0.01)
    other = Database(settings.database_url)
    conversations = [await world.conversation() for _ in range(8)]
    for n in range(3):
        for each in conversations:
            await world.say(each, f"{n}")
    workers = [Worker(database, bot, world.facts, settings) for database in (world.database, other)]
    async with working(*workers):
        await settled(world, 20)
    await other.close()
    asked = Counter(request.message_id for request in bot.asked)
    assert len(asked) == 24 and set(asked.values()) == {1}
    assert bot.overlaps == []


async def test_no_more_turns_run_at_once_than_the_setting_allows(world, bot, settings):
    bot.waits(0.03)
    settings.turn_concurrency = 2
    for _ in range(6):
        await world.say(await world.conversation())
    async with working(Worker(world.database, bot, world.facts, settings)):
        await settled(world)
    assert bot.most_at_once == 2


async def test_a_failing_bot_is_asked_again_and_the_user_answered_once(world, bot, settings):
    bot.fails(times=1)
    conversation_id = await world.conversation()
    await world.say(conversation_id, "你好")
    async with working(Worker(world.database, bot, world.facts, settings)):
        await settled(world)
    assert await world.lines(conversation_id) == [("user", "你好"), ("bot", "re: 你好")]
    assert len(bot.asked) == 2
    assert bot.asked[0].message_id == bot.asked[1].message_id


async def test_a_bot_that_stays_away_costs_a_notice_and_then_a_handoff(world, bot, settings):
    bot.fails()
    settings.bot_notice_seconds, settings.bot_give_up_seconds = 0.2, 0.6
    conversation_id = await world.conversation()
    await world.say(conversation_id, "你好")
    async with working(Worker(world.database, bot, world.facts, settings)):
        await settled(world)
        await asyncio.sleep(0.1)
    codes = [code for author, code in await world.lines(conversation_id) if author == "system"]
    assert codes[:2] == ["bot_slow", "bot_unavailable"] and len(codes) == 3
    assert (await world.get(conversation_id)).owner == Owner.QUEUE


async def test_a_slow_turn_keeps_its_lease_while_its_process_lives(world, bot, settings):
    bot.waits(1.8)
    settings.turn_lease_seconds = 0.9  # generous: the machine may be busy
    other = Database(settings.database_url)
    await world.say(await world.conversation())
    workers = [Worker(database, bot, world.facts, settings) for database in (world.database, other)]
    async with working(*workers):
        await settled(world)
    await other.close()
    assert len(bot.asked) == 1


async def test_a_turn_of_a_stopped_desk_is_run_by_the_next(world, bot, settings):
    settings.turn_lease_seconds = 0.3
    bot.waits(60)
    conversation_id = await world.conversation()
    await world.say(conversation_id, "你好")
    async with working(Worker(world.database, bot, world.facts, settings)):
        while not bot.asked:
            await asyncio.sleep(0.01)
    bot.says("来了")
    async with working(Worker(world.database, bot, world.facts, settings)):
        await settled(world)
    assert await world.lines(conversation_id) == [("user", "你好"), ("bot", "来了")]


async def test_a_desk_that_stops_gives_its_turns_back_at_once(world, bot, settings):
    bot.waits(60)
    conversation_id = await world.conversation()
    await world.say(conversation_id)
    worker = Worker(world.database, bot, world.facts, settings)
    worker.start()
    while not bot.asked:
        await asyncio.sleep(0.01)
    await asyncio.wait_for(worker.stop(), 5)
    assert await world.turns(conversation_id) == [TurnState.PENDING]


async def test_a_desk_that_stops_in_the_middle_of_storing_leaves_the_database_free(world, bot, settings):
    for pause in range(8):
        worker = Worker(world.database, bot, world.facts, settings)
        worker.start()
        await world.say(await world.conversation())
        await asyncio.sleep(pause / 100)
        await asyncio.wait_for(worker.stop(), 5)
        await asyncio.wait_for(world.conversation(), 2)


async def test_one_turn_that_cannot_be_stored_does_not_stop_the_others(world, bot, settings):
    async def answer(request):
        if request.text == "坏":
            raise ValueError("not what anyone expected")
        return said("好")

    bot.answer = answer
    bad, good = await world.conversation(), await world.conversation()
    await world.say(bad, "坏")
    await world.say(good, "好吗")
    async with working(Worker(world.database, bot, world.facts, settings)):
        async with asyncio.timeout(5):
            while await world.turns(good) != [TurnState.DONE]:
                await asyncio.sleep(0.02)
    assert await world.turns(bad) == [TurnState.RUNNING]  # until its lease ends


async def test_a_database_that_is_away_for_a_moment_does_not_end_the_loops(world, bot, settings, monkeypatch):
    failures = iter([OSError("away"), OSError("away")])
    real = module.service.take_due

    async def sometimes(*args):
        problem = next(failures, None)
        if problem:
            raise problem
        return await real(*args)

    monkeypatch.setattr(module.service, "take_due", sometimes)
    conversation_id = await world.conversation()
    await world.say(conversation_id, "你好")
    async with working(Worker(world.database, bot, world.facts, settings)):
        await settled(world)
    assert ("bot", "re: 你好") in await world.lines(conversation_id)


async def test_the_fake_bot_would_notice_an_overlap(bot):
    """The tests above lean on this."""
    from desk.delivery.bot_client import TurnRequest

    bot.waits(0.01)
    request = TurnRequest("c", "m", "x", None, None, {})
    await asyncio.gather(bot.run(request), bot.run(request))
    assert bot.overlaps == ["c"]
    bot.fails()
    with pytest.raises(BotFailed):
        await bot.run(request)


@pytest.fixture
def relaxed(monkeypatch):
    """A worker that looks for turns only when it is woken."""
    monkeypatch.setattr(module, "_IDLE_SECONDS", 60)


@pytest.fixture
def looks(monkeypatch):
    """How many turns each look for turns found."""
    found = []
    look = module.service.take_due

    async def counted(*how):
        found.append(len(turns := await look(*how)))
        return turns

    monkeypatch.setattr(module.service, "take_due", counted)
    return found


async def said_through_a_channel(parts, world, *texts):
    conversation_id = await world.conversation()
    for text in texts:
        await intake.take_in(parts, conversation_id, Draft(None, text=text))
    return conversation_id


async def test_a_message_sent_while_the_bot_answers_is_answered_right_after(app, parts, world, bot, relaxed):
    bot.waits(0.05)
    async with working(parts.worker):
        conversation_id = await said_through_a_channel(parts, world, "一", "二", "三")
        await settled(world, 5)
    answers = [text for author, text in await world.lines(conversation_id) if author == "bot"]
    assert answers == ["re: 一", "re: 二", "re: 三"]


async def test_turns_that_found_no_room_are_taken_as_soon_as_there_is_some(app, parts, world, bot, settings, relaxed):
    settings.turn_concurrency = 2
    async with working(parts.worker):
        for _ in range(5):
            await said_through_a_channel(parts, world, "一")
        await settled(world, 5)


async def test_a_burst_is_run_within_the_bounds(app, parts, world, bot, settings, relaxed):
    settings.turn_concurrency = 2
    async with working(parts.worker):
        await said_through_a_channel(parts, world, "一")
        await settled(world, 5)
        bot.waits(0.05)
        await asyncio.gather(*(said_through_a_channel(parts, world, "一") for _ in range(9)))
        await settled(world, 5)
    assert bot.most_at_once <= 2 * settings.turn_concurrency  # those who look and those who store do not see each other


async def test_what_is_stored_here_is_run_without_a_look_for_it(app, parts, world, relaxed, looks):
    async with working(parts.worker):
        for _ in range(3):
            await said_through_a_channel(parts, world, "一")
            await settled(world, 5)
        await asyncio.sleep(0.1)
    assert looks == [1]  # the first, before which nobody could know whether others wait
