"""The database: one writer at a time on SQLite, times in UTC, nothing told before it is stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desk.agents.models import Agent
from desk.conversations.models import Conversation, Message
from desk.database import Database


async def test_a_moment_comes_back_in_utc_whatever_zone_it_was_written_in(world):
    agent = await world.agent()
    beijing = datetime(2026, 11, 24, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    async with world.database.write() as work:
        (await work.session.get(Agent, agent.id)).seen_at = beijing
    (stored,) = await world.rows(Agent)
    assert stored.seen_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert stored.seen_at.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_a_programming_error(world):
    agent = await world.agent()
    with pytest.raises(Exception, match="time zone"):
        async with world.database.write() as work:
            (await work.session.get(Agent, agent.id)).seen_at = datetime(2026, 11, 24, 12, 0)


async def test_the_database_itself_refuses_a_message_of_no_conversation(world):
    stray = Message(
        id="m", conversation_id="c_nobody", seq=1, author="user", kind="text", text="x", created_at=datetime.now(UTC)
    )
    with pytest.raises(IntegrityError):
        async with world.database.write() as work:
            work.session.add(stray)


async def test_a_block_that_fails_leaves_nothing(world):
    with pytest.raises(ZeroDivisionError):
        async with world.database.write() as work:
            work.session.add(
                Conversation(
                    id="c",
                    locale="zh",
                    channel="widget",
                    address="a",
                    created_at=datetime.now(UTC),
                    updated_at=datetime.now(UTC),
                )
            )
            await work.session.flush()
            _ = 1 / 0
    assert await world.count(Conversation) == 0


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_what_was_acknowledged_survives_a_power_cut(world, database_kind):
    async with world.database.write() as work:
        found = [
            (await work.session.execute(text(f"PRAGMA {name}"))).scalar() for name in ("journal_mode", "synchronous")
        ]
    assert found == ["wal", 2]


@pytest.fixture
async def held_elsewhere(database_url):
    """Holds the one right to write, as another process would."""

    @asynccontextmanager
    async def hold() -> AsyncIterator[None]:
        async with other.write() as work:
            await work.session.execute(text("SELECT 1"))
            yield

    other = Database(database_url)
    yield hold
    await other.close()


# Held up, the loop would stand still until SQLite gives the lock up, which is ten seconds: a busy machine is no reason.
HELD_UP_SECONDS = 5.0


async def works_for(seconds: float) -> float:
    """How long the event loop was held up at worst meanwhile."""
    worst, end = 0.0, perf_counter() + seconds
    while (before := perf_counter()) < end:
        await asyncio.sleep(0)
        worst = max(worst, perf_counter() - before)
    return worst


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_waiting_for_the_writer_of_another_process_holds_up_nobody(world, held_elsewhere):
    conversation_id = await world.conversation()
    async with held_elsewhere():
        waiting = asyncio.create_task(world.say(conversation_id, "你好"))
        assert await works_for(0.5) < HELD_UP_SECONDS
        assert not waiting.done()
    await waiting
    assert await world.lines(conversation_id) == [("user", "你好")]


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_whoever_stops_waiting_for_it_holds_up_nobody_either(world, held_elsewhere):
    conversation_id = await world.conversation()
    async with held_elsewhere():
        waiting = asyncio.create_task(world.say(conversation_id, "你好"))
        await asyncio.sleep(0.1)
        waiting.cancel()
        assert await works_for(0.5) < HELD_UP_SECONDS
    await asyncio.wait([waiting])
    await world.say(conversation_id, "在吗")
    assert await world.lines(conversation_id) == [("user", "在吗")]


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_long_look_holds_up_nobody(world):
    async def look() -> int:
        async with world.database.read() as session:
            count = text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT sum(i) FROM n"
            )
            return (await session.execute(count)).scalar()

    await world.lines(await world.conversation())  # connected already: that takes a while by itself
    looking, rounds = asyncio.create_task(look()), 0
    while not looking.done():
        await asyncio.sleep(0)
        rounds += 1
    assert await looking > 0
    assert rounds > 100  # a look done at once leaves the loop a handful
