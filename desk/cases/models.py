"""Tables of a case, its audit trail, its CSAT, ratings of bot answers, and remembered writes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.enums import CaseState, Priority
from desk.database import Base, Json, Moment


class Case(Base):
    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state_created_at", "state", "created_at"),)

    number: Mapped[str] = mapped_column(String(16), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    user_ref: Mapped[str | None] = mapped_column(String(200), index=True)
    topic: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(20))
    priority: Mapped[Priority] = mapped_column(String(8))
    skill_group: Mapped[str] = mapped_column(String(40))
    state: Mapped[CaseState] = mapped_column(String(8), default=CaseState.NEW)
    douyin_id: Mapped[str | None] = mapped_column(String(64))
    contact_phone: Mapped[str | None] = mapped_column(String(32), index=True)
    penalty_id: Mapped[str | None] = mapped_column(String(64))
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    # One time per state, the base of every SLA figure.
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    waiting_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class CaseEvent(Base):
    """One line of the audit trail: who did what, when."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Csat(Base):
    """Asked once for each case; `score` is 1–5, null until answered."""

    __tablename__ = "csat"

    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    score: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class Rating(Base):
    """What a user said of an answer of the bot."""

    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    satisfied: Mapped[bool]
    topic: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)


class RememberedWrite(Base):
    """The answer to a write that carried this idempotency key; a repeat gets it again."""

    __tablename__ = "remembered_writes"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)
