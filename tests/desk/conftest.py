"""The desk's tests run on both databases: a fresh SQLite file, and an emptied PostgreSQL, for each test."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from desk.database import Database
from desk.facts import Facts, load_facts
from desk.migrate import migrate
from desk.parts import Parts, make_parts
from desk.settings import Settings
from tests.desk.fakes import FakeAccounts, FakeBot
from tests.desk.postgres import Postgres, empty
from tests.desk.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A server of its own, unless DESK_TEST_PG_URL names one where databases may be made."""
    url = os.environ.get("DESK_TEST_PG_URL")
    # Not among pytest's folders: those are closed to the other user that a server started by root runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Postgres(url) if url else Postgres.start(Path(folder))
        yield server
        server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """One migrated database for all tests of a run."""
    name = f"desk_{secrets.token_hex(4)}"
    url = postgres_server.create(name)
    migrate(url)
    yield url
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "desk.sqlite3"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if database_kind == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        empty(url)
        return url
    shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "desk.sqlite3")
    return f"sqlite+aiosqlite:///{tmp_path}/desk.sqlite3"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="s" * 40,
        internal_key="i" * 40,
        accounts_key="a" * 40,
        identity_key="v" * 40,
        rest_channel_key="r" * 20,
        facts=ROOT / "facts.yml",
        web_dir=tmp_path / "web",
        messages_per_minute=1000,
        sessions_per_minute=1000,
    )


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts(ROOT / "facts.yml")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts()


@pytest.fixture
async def parts(settings: Settings, bot: FakeBot, accounts: FakeAccounts) -> AsyncIterator[Parts]:
    """The desk's parts, with a bot and an account system that the test holds in its hand. Nothing runs."""
    made = make_parts(settings)
    await made.connector.close()
    await made.bot.close()
    made.connector, made.bot = accounts.connector(), bot
    yield made
    await made.close()


@pytest.fixture
def world(database: Database, facts: Facts) -> World:
    """Conversations, agents and handoffs, made in one line each."""
    return World(database, facts)
