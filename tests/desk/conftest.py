"""The desk's tests run on both databases: a fresh SQLite file, and an emptied PostgreSQL, for each test."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from desk.agents.models import Agent
from desk.agents.sessions import COOKIE
from desk.app import assemble
from desk.attachments.sweeper import Sweeper
from desk.attachments.uploads import Uploads
from desk.database import Database
from desk.delivery.worker import Worker
from desk.facts import Facts, load_facts
from desk.limits import Limiter
from desk.migrate import migrate
from desk.parts import AGENT, Parts
from desk.settings import Settings
from desk.tokens import Tokens
from tests.desk.fakes import FakeAccounts, FakeBot
from tests.desk.user import User
from tests.desk.world import World
from tests.servers import Postgres, empty, postgres

ROOT = Path(__file__).parents[2]
SignIn = Callable[[Agent], dict[str, str]]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


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
        uploads=tmp_path / "uploads",
        uploads_per_minute=1000,
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
async def parts(settings: Settings, facts: Facts, bot: FakeBot, accounts: FakeAccounts) -> AsyncIterator[Parts]:
    """The desk's parts, with a bot and an account system that the test holds in its hand; the worker rests."""
    database = Database(settings.database_url)
    uploads = Uploads(settings.uploads, settings.attachment_limit_bytes, settings.image_pixels)
    made = Parts(
        settings=settings,
        facts=facts,
        database=database,
        connector=accounts.connector(),
        bot=bot,
        worker=Worker(database, bot, facts, settings),
        uploads=uploads,
        sweeper=Sweeper(database, uploads),
        tokens=Tokens(settings.secret_key),
        limiter=Limiter(None),
    )
    yield made
    await made.close()


@pytest.fixture
def app(parts: Parts) -> Any:
    """The whole desk around those parts."""
    return assemble(parts)


@pytest.fixture
def routes(app: Any) -> list[tuple[str, str]]:
    """Method and path of every route, also of those that no page lists."""
    found = [context for context in iter_route_contexts(app.other_asgi_app.routes) if getattr(context, "methods", None)]
    return [(method, context.path) for context in found for method in sorted(context.methods)]


@pytest.fixture
async def http(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the desk as a browser or a program would; a failure inside is an answer, as on a real server."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
        yield client


@pytest.fixture
async def user(http: httpx.AsyncClient) -> User:
    return await User.begin(http)


@pytest.fixture
def sign_in(http: httpx.AsyncClient, parts: Parts) -> SignIn:
    """Signs an agent in, past the slow hashing of a password."""

    def signed_in(agent: Agent) -> dict[str, str]:
        token, _ = parts.tokens.issue(AGENT, agent.id, timedelta(hours=1))
        return {"cookie": f"{COOKIE}={token}"}

    return signed_in


@pytest.fixture
def world(database: Database, facts: Facts) -> World:
    """Conversations, agents and handoffs, made in one line each."""
    return World(database, facts)
