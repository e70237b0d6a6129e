"""A sandbox on its own database, with a clock the test turns."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from sandbox.app import create_app
from sandbox.settings import Settings

KEY = "a-key-for-tests-of-32-characters-or-more"
STARTED = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = STARTED

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)

    def turn_to(self, iso: str) -> None:
        self.now = datetime.fromisoformat(iso)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(key=KEY, database_url=f"sqlite:///{tmp_path}/deep/sandbox.sqlite3")


@pytest.fixture
def client(settings, clock):
    app = create_app(settings, clock)
    with TestClient(app, headers={"Authorization": f"Bearer {KEY}"}) as client:
        yield client
