"""Alembic's entry: runs the migrations on the desk's database."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from desk.database import Moment
from desk.models import Base


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types by the names that the template imports."""
    if kind == "type" and isinstance(item, Moment):
        return "Moment()"
    if kind == "type" and isinstance(item, JSON):
        return "Json"
    return False


def _run(connection: Connection) -> None:
    # Several desks may start at once: one migrates, the others wait for it (on SQLite for its transaction).
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_lock(7040201)")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=_render,
        # SQLite as well: between two transactions another desk would begin with what this one is about to do.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


def _engine(url: str) -> AsyncEngine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_async_engine(url)
    engine = create_async_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would commit before every table

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


async def _migrate() -> None:
    engine = _engine(context.config.attributes["url"])
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_migrate())
