"""Migrations make exactly the tables the models speak of, on both databases, whoever starts first."""

import asyncio
import contextlib
import secrets
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import bindparam, create_engine, inspect, select, text
from sqlalchemy.engine import make_url

from desk.clock import now
from desk.conversations.models import Message, Turn
from desk.database import Database, Moment
from desk.migrate import alembic_config, let_readers_and_writer_work_side_by_side, migrate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fresh(database_kind, tmp_path, request):
    """The address of a database with nothing in it."""
    if database_kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/deep/desk.sqlite3"
        return
    server, name = request.getfixturevalue("postgres_server"), f"fresh_{secrets.token_hex(4)}"
    yield server.create(name)
    server.drop(name)


def test_from_nothing_the_migrations_make_what_the_models_say(fresh):
    migrate(fresh)
    command.check(alembic_config(fresh))


def test_a_second_start_changes_nothing(fresh):
    migrate(fresh)
    migrate(fresh)
    command.check(alembic_config(fresh))


OLD_ROWS = (
    "INSERT INTO conversations (id, locale, channel, address, vouched_accounts, owner, epoch, last_seq,"
    " created_at, updated_at) VALUES ('c', 'zh', 'widget', 'a', '[]', 'bot', 1, 1, :at, :at)",
    "INSERT INTO turns (id, conversation_id, message_id, state, attempts, next_try_at, created_at)"
    " VALUES (1, 'c', 'm', 'pending', 0, :at, :at)",
    "INSERT INTO messages (id, conversation_id, seq, author, kind, text, buttons, created_at)"
    " VALUES ('m', 'c', 1, 'user', 'text', 'x', '[]', :at)",
)


async def test_what_was_written_before_there_were_attachments_has_none(fresh):
    await asyncio.to_thread(_upgrade, fresh, "0001")
    database = Database(fresh)
    async with database.write() as work:
        for row in OLD_ROWS:
            await work.session.execute(text(row).bindparams(bindparam("at", now(), Moment)))
    await asyncio.to_thread(_upgrade, fresh, "head")
    async with database.read() as session:
        for table in (Message, Turn):
            (row,) = await session.scalars(select(table))
            assert row.attachments == []
    await database.close()


def _upgrade(url, revision):
    if url.startswith("sqlite"):
        Path(make_url(url).database).parent.mkdir(exist_ok=True)
    command.upgrade(alembic_config(url), revision)


def test_several_desks_starting_at_once_do_not_hinder_one_another(fresh):
    code = "import sys; from desk.migrate import migrate; migrate(sys.argv[1])"
    starts = [
        subprocess.Popen([sys.executable, "-c", code, fresh], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ends = [(start.communicate(timeout=60)[1], start.returncode) for start in starts]
    assert [code for _, code in ends] == [0] * 3, ends
    command.check(alembic_config(fresh))


def test_a_file_in_which_another_desk_writes_just_then_is_still_brought_into_wal_mode(tmp_path):
    path = tmp_path / "desk.sqlite3"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    leaves = threading.Timer(0.5, other.close)
    leaves.start()
    let_readers_and_writer_work_side_by_side(str(path))
    leaves.join()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("last", ["handoffs", "filed_attachments"])
def test_migrations_that_are_cut_short_leave_nothing_half_made(tmp_path, monkeypatch, last):
    """On SQLite too all that are missing are one transaction."""
    from alembic.operations import Operations

    real = Operations.create_table

    def dies(self, name, *columns, **more):
        if name == last:
            raise KeyboardInterrupt
        return real(self, name, *columns, **more)

    path = tmp_path / "desk.sqlite3"
    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_table", dies, raising=False)
        with pytest.raises(KeyboardInterrupt):
            migrate(f"sqlite+aiosqlite:///{path}")
    assert set(inspect(create_engine(f"sqlite:///{path}")).get_table_names()) <= {"alembic_version"}
    migrate(f"sqlite+aiosqlite:///{path}")
    command.check(alembic_config(f"sqlite+aiosqlite:///{path}"))


def test_first_connections_at_once_find_nothing_locked(tmp_path):
    """The file says so itself (in its header), so that none of them has to change it."""
    path = tmp_path / "desk.sqlite3"
    migrate(f"sqlite+aiosqlite:///{path}")
    assert path.read_bytes()[18:20] == b"\x02\x02"
