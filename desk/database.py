"""The database: engines, transactions, and what happens only after a commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from desk import sqlite

Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


@dataclass
class Work:
    """One write transaction, and the news to tell once it is committed."""

    session: AsyncSession
    news: list[Any] = field(default_factory=list)

    def tell(self, news: Any) -> None:
        """Pass on `news` after the commit; after a rollback nobody hears it."""
        self.news.append(news)


Teller = Callable[[list[Any]], Awaitable[None]]


async def _tell_nobody(_news: list[Any]) -> None:
    return None


class Database:
    """Readers and one writer on SQLite, a pool on PostgreSQL.

    SQLite knows a single writer: one pooled connection that begins IMMEDIATE makes writers of
    this process wait in line without spinning, and those of other processes within busy_timeout.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer, self._reader, self._glancer = sqlite.writer(url), sqlite.reader(url), sqlite.glancer(url)
        else:
            pool = create_async_engine(url, pool_size=20, max_overflow=20, pool_pre_ping=True)
            self._writer = self._reader = self._glancer = pool
        self.teller: Teller = _tell_nobody

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        """A transaction that commits when the block ends well; its news is told after that."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            work = Work(session)
            yield work
        if work.news:
            await self.teller(work.news)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for looking only."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncSession]:
        """A session for looks at single rows by their key: they hold up the loop less than a thread would."""
        async with AsyncSession(self._glancer, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        for engine in {self._writer, self._reader, self._glancer}:
            await engine.dispose()
