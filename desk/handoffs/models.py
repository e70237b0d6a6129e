"""The table of handoffs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.cases.enums import Priority
from desk.database import Base, Json, Moment
from desk.handoffs.enums import HandoffState


class Handoff(Base):
    """A request for a person. One conversation has at most one that is not resolved."""

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_queue", "state", "skill_group", "waiting_since"),
        Index(
            "uq_handoffs_unresolved",
            "conversation_id",
            unique=True,
            sqlite_where=text("state <> 'resolved'"),
            postgresql_where=text("state <> 'resolved'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), index=True)
    reason: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(40))
    priority: Mapped[Priority] = mapped_column(String(8))
    skill_group: Mapped[str] = mapped_column(String(40))
    # What the bot knows: {"slots", "lookups", "failed_turns"}.
    brief: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    state: Mapped[HandoffState] = mapped_column(String(8), default=HandoffState.WAITING)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"), index=True)
    waiting_since: Mapped[datetime] = mapped_column(Moment)
    assigned_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
