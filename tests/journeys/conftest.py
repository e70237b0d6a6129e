"""One stack of real processes for all journeys; every test leaves it whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts import browser, model, web
from tests.journeys.accounts import Accounts
from tests.journeys.clients import Agent, User
from tests.journeys.pages import QUIET, ConsolePage, Shots, WidgetPage
from tests.journeys.stack import Stack
from tests.servers import postgres


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database')}/desk.sqlite3"


@pytest.fixture(scope="session")
def all_parts(tmp_path_factory: pytest.TempPathFactory, sqlite_url: str) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    logs = Path(os.environ.get("JOURNEY_LOGS") or folder)
    trained = os.environ.get("BOT_MODEL") or model.ensure()
    running = Stack(folder, logs, Path(trained), sqlite_url)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres() as server:
        name = f"journeys_{secrets.token_hex(4)}"
        yield server.create(name)
        server.drop(name)


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both databases."""
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="session")
def stack(all_parts: Stack, database_kind: str, request: pytest.FixtureRequest) -> Stack:
    all_parts.use(request.getfixturevalue(f"{database_kind}_url"))
    return all_parts


@pytest.fixture(autouse=True)
def whole(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that used the stack, nothing is held and every part runs."""
    yield
    if "stack" in request.fixturenames:
        running: Stack = request.getfixturevalue("stack")
        running.gateway.forget_holds()
        running.mend()


@pytest.fixture(scope="class")
def impatient(stack: Stack) -> Iterator[None]:
    """A desk that gives the bot up soon, but would still take its late answer."""
    stack.restart("desk", DESK_BOT_NOTICE_SECONDS="1", DESK_BOT_GIVE_UP_SECONDS="3", DESK_BOT_TIMEOUT_SECONDS="100")
    yield
    stack.restart("desk")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    web.ensure()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser.ensure(), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def shots(tmp_path: Path) -> Shots:
    return Shots(Path(os.environ.get("JOURNEY_SHOTS") or tmp_path / "shots"))


@pytest.fixture
def widget(chromium: Browser, stack: Stack, shots: Shots) -> Iterator[WidgetPage]:
    page = WidgetPage(chromium, stack.desk_url)
    yield page
    shots.take(page.page, "user-left")
    page.close()


@pytest.fixture
def console(chromium: Browser, stack: Stack, shots: Shots) -> Iterator[ConsolePage]:
    page = ConsolePage(chromium, stack.desk_url)
    shots.take(page.page, "console-sign-in")
    page.sign_in("lin", stack.passwords["lin"])
    page.go_on_duty()
    yield page
    shots.take(page.page, "console-left")
    page.close()


@pytest.fixture
def gateway(stack: Stack):
    return stack.gateway


@pytest.fixture
def new_user(stack: Stack) -> Callable[..., User]:
    """Opens a conversation."""
    return lambda **how: User(stack.desk_url, **how)


@pytest.fixture
def user(new_user: Callable[..., User]) -> User:
    return new_user()


@pytest.fixture(scope="session")
def sign_in(stack: Stack) -> Callable[[str], Agent]:
    """Signs an agent in, once: the desk limits how often one may try."""
    return cache(lambda login: Agent(stack.desk_url, login, stack.passwords[login]))


@pytest.fixture
def lin(sign_in: Callable[[str], Agent]) -> Agent:
    agent = sign_in("lin")
    agent.go_on_duty()
    return agent


@pytest.fixture
def zhou(sign_in: Callable[[str], Agent]) -> Agent:
    agent = sign_in("zhou")
    agent.go_on_duty()
    return agent


@pytest.fixture
def chen(sign_in: Callable[[str], Agent]) -> Agent:
    """The supervisor, who sees every case."""
    return sign_in("chen")


@pytest.fixture(scope="session")
def accounts(stack: Stack) -> Accounts:
    return Accounts(stack.sandbox_database)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """A failed journey shows what the parts said last."""
    report = yield
    running = getattr(item, "funcargs", {}).get("stack")
    if report.failed and isinstance(running, Stack):
        for name, process in running.processes.items():
            report.sections.append((f"last words of {name}", process.last_words()))
    return report
