"""Tables. Facts only: whatever depends on the time of day is derived in `rules`."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware time kept as UTC, since SQLite forgets the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every `datetime` column is a `Moment`."""

    type_annotation_map: ClassVar = {datetime: Moment}


class Account(Base):
    """A user's account on the platform."""

    __tablename__ = "accounts"

    douyin_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    nickname: Mapped[str]
    phone: Mapped[str]
    registered_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    freeze_reason: Mapped[str | None]

    penalties: Mapped[list["Penalty"]] = relationship(back_populates="account", order_by="Penalty.started_at.desc()")


class Penalty(Base):
    """A measure against an account; `ends_at` empty means it has no end."""

    __tablename__ = "penalties"

    penalty_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    douyin_id: Mapped[str] = mapped_column(ForeignKey("accounts.douyin_id"))
    type: Mapped[str]
    reason: Mapped[str]
    rule: Mapped[str]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    admits_appeals: Mapped[bool]
    appeal_deadline: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="penalties")
    appeals: Mapped[list["Appeal"]] = relationship(back_populates="penalty", order_by="Appeal.ordinal")


class Appeal(Base):
    """A request to look at a penalty again; the ordinal counts those of one penalty."""

    __tablename__ = "appeals"
    __table_args__ = (UniqueConstraint("penalty_id", "ordinal"),)

    appeal_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    penalty_id: Mapped[str] = mapped_column(ForeignKey("penalties.penalty_id"))
    ordinal: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(String(200), unique=True)
    case_number: Mapped[str]
    reason: Mapped[str]
    filed_at: Mapped[datetime]
    outcome: Mapped[str | None]
    decided_at: Mapped[datetime | None]

    penalty: Mapped[Penalty] = relationship(back_populates="appeals")


class Work(Base):
    """A published video or one that waits for its review."""

    __tablename__ = "works"

    work_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    douyin_id: Mapped[str] = mapped_column(ForeignKey("accounts.douyin_id"))
    title: Mapped[str]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    rule: Mapped[str | None]
    submitted_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]


class LiveRoom(Base):
    """A live room with what was last measured of its stream."""

    __tablename__ = "live_rooms"

    room_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    douyin_id: Mapped[str] = mapped_column(ForeignKey("accounts.douyin_id"))
    title: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    resolution: Mapped[str]
    fps: Mapped[int]
    bitrate_kbps: Mapped[int]
    dropped_frames_percent: Mapped[float]


class Payment(Base):
    """Money in (recharge) or out (withdrawal); amounts in fen, never in floats."""

    __tablename__ = "payments"

    payment_no: Mapped[str] = mapped_column(String(32), primary_key=True)
    douyin_id: Mapped[str] = mapped_column(ForeignKey("accounts.douyin_id"))
    kind: Mapped[str]
    channel: Mapped[str]
    amount_fen: Mapped[int]
    coins: Mapped[int | None]
    created_at: Mapped[datetime]
    settles_at: Mapped[datetime | None]
    failure: Mapped[str | None]
