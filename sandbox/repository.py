"""The only place with queries."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import InstrumentedAttribute, Session

from sandbox.errors import NotFound
from sandbox.models import Account, Appeal, Base, LiveRoom, Payment, Penalty, Work

Row = TypeVar("Row", bound=Base)
Owned = TypeVar("Owned", Work, LiveRoom, Payment)


def open_database(url: str) -> Engine:
    """An engine whose tables exist; a SQLite file gets its folder."""
    address = make_url(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    if is_sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    if is_sqlite:
        event.listen(engine, "connect", _prepare_connection)
        event.listen(engine, "begin", _begin_alone)
    Base.metadata.create_all(engine)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    """Check foreign keys, and leave the start of transactions to `_begin_alone`."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_alone(connection: Connection) -> None:
    """One transaction at a time: two filings that race see each other's result."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Repository:
    """Reads and writes within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def account(self, douyin_id: str) -> Account:
        return self._get(Account, douyin_id, "account")

    def penalty(self, penalty_id: str) -> Penalty:
        return self._get(Penalty, penalty_id, "penalty")

    def appeal(self, appeal_id: str) -> Appeal:
        return self._get(Appeal, appeal_id, "appeal")

    def work(self, work_id: str) -> Work:
        return self._get(Work, work_id, "work")

    def live_room(self, room_id: str) -> LiveRoom:
        return self._get(LiveRoom, room_id, "live_room")

    def payment(self, payment_no: str) -> Payment:
        return self._get(Payment, payment_no, "payment")

    def works_of(self, account: Account) -> Sequence[Work]:
        return self._newest_of(account, Work, Work.submitted_at)

    def live_rooms_of(self, account: Account) -> Sequence[LiveRoom]:
        return self._newest_of(account, LiveRoom, LiveRoom.started_at)

    def payments_of(self, account: Account) -> Sequence[Payment]:
        return self._newest_of(account, Payment, Payment.created_at)

    def appeal_by_key(self, idempotency_key: str) -> Appeal | None:
        return self._session.scalar(select(Appeal).where(Appeal.idempotency_key == idempotency_key))

    def add(self, row: Base) -> None:
        self._session.add(row)
        self._session.flush()

    def has_accounts(self) -> bool:
        return self._session.scalar(select(Account.douyin_id).limit(1)) is not None

    def add_all(self, rows: Sequence[Base]) -> None:
        self._session.add_all(rows)

    def _get(self, table: type[Row], key: str, what: str) -> Row:
        row = self._session.get(table, key)
        if row is None:
            raise NotFound(what)
        return row

    def _newest_of(
        self, account: Account, table: type[Owned], moment: InstrumentedAttribute[datetime]
    ) -> Sequence[Owned]:
        query = select(table).where(table.douyin_id == account.douyin_id)
        return self._session.scalars(query.order_by(moment.desc())).all()


@contextmanager
def transaction(engine: Engine) -> Iterator[Repository]:
    """Commits when the block ends well, else leaves nothing behind."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield Repository(session)
