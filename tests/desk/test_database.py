"""The database: one writer at a time on SQLite, times in UTC, nothing told before it is stored."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desk.agents.models import Agent
from desk.conversations.models import Conversation, Message


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
