"""Alembic's entry: runs the migrations on the desk's database."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Connection
from sqlalchemy.ext.asyncio import create_async_engine

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
    # Several desks may start at once: one migrates, the others wait for it.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_lock(7040201)")
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=_render)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


async def _migrate() -> None:
    engine = create_async_engine(context.config.attributes["url"])
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_migrate())
