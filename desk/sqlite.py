"""SQLite beside an event loop: what may wait is done in a thread, what cannot is done at once."""

import contextlib
import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

_BUSY_SECONDS = 10
# FULL: a message that was acknowledged survives a power cut, not only a killed process.
_PATIENCE = f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}"
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", _PATIENCE)
_WRITE, _READ = "BEGIN IMMEDIATE", "BEGIN"


def writer(url: str) -> AsyncEngine:
    """One connection whose transactions write from their first moment on: writers wait in line without spinning."""
    return _engine(url, _WRITE, 1, may_wait=_waits_in_a_write)


def reader(url: str) -> AsyncEngine:
    """Connections for looking only."""
    return _engine(url, _READ, 4, may_wait=_waits_in_a_read)


def glancer(url: str) -> AsyncEngine:
    """Connections for single looks at rows by their key: sooner done than handed to a thread, or begun and ended."""
    return _engine(url, None, 4, may_wait=_never_waits)


def _engine(url: str, begin: str | None, connections: int, may_wait: Callable[..., bool]) -> AsyncEngine:
    path = make_url(url).database

    def connect() -> sqlite3.Connection:
        # SQLAlchemy, not the driver, begins transactions.
        connection = sqlite3.connect(str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    async def create() -> aiosqlite.Connection:
        return await _Connection(connect, may_wait)

    engine = create_async_engine(
        url, async_creator=create, poolclass=AsyncAdaptedQueuePool, pool_size=connections, max_overflow=0
    )

    if begin:

        @event.listens_for(engine.sync_engine, "begin")
        def start(connection: Any) -> None:
            connection.exec_driver_sql(begin)

    return engine


class _Connection(aiosqlite.Connection):
    """aiosqlite hands every step to its thread, some hundred times in a turn, and each time the loop waits for it.

    Within a write the steps are microseconds long: the thread is left what may wait for a lock or for the disk.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], may_wait: Callable[..., bool]) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True
        self._may_wait = may_wait
        self._handed_over: set[object] = set()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # Behind a step that is still in the thread, because whoever waited for it was cancelled, all wait in line.
        is_free = self._running and self._connection and not self._handed_over
        if is_free and not self._may_wait(fn.__name__, *args):
            return fn(*args, **kwargs)
        if is_free and _WRITE in args:
            with contextlib.suppress(sqlite3.OperationalError):  # another process writes: wait in the thread
                return self._without_waiting(fn, *args, **kwargs)
        step = object()
        self._handed_over.add(step)
        return await super()._execute(self._in_thread, step, fn, *args, **kwargs)

    def _without_waiting(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            return fn(*args, **kwargs)
        finally:
            self._conn.execute(_PATIENCE)

    def _in_thread(self, step: object, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        finally:
            self._handed_over.discard(step)


def _waits_in_a_write(step: str, *values: Any) -> bool:
    return step == "commit" or (step == "execute" and values[0] == _WRITE)


def _never_waits(_step: str, *_values: Any) -> bool:
    """Nobody who writes keeps a reader waiting in WAL mode."""
    return False


def _waits_in_a_read(step: str, *values: Any) -> bool:
    """A look may go through many rows."""
    return step.startswith("fetch") or (step == "execute" and values[0] != _READ)
