"""Tables of a conversation: itself, its transcript, its turns, and the buttons it was offered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.conversations.enums import Author, Kind, Owner, TurnState
from desk.database import Base, Json, Moment


class Conversation(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(16))
    # Foreign clients name their own conversation; the name is only valid together with their key.
    external_ref: Mapped[str | None] = mapped_column(String(300), unique=True)
    # Keyed hash of the network address, for limits that must outlive a process.
    address: Mapped[str] = mapped_column(String(64))
    user_ref: Mapped[str | None] = mapped_column(String(200), index=True)
    vouched_accounts: Mapped[list[str]] = mapped_column(Json, default=list)
    owner: Mapped[Owner] = mapped_column(String(8), default=Owner.BOT)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"))
    # The last agent who had it: they may follow how the bot goes on.
    served_by: Mapped[str | None] = mapped_column(String(64))
    epoch: Mapped[int] = mapped_column(default=1)
    last_seq: Mapped[int] = mapped_column(default=0)
    # The last line that surely reached a client of Rasa's: these cannot say so themselves.
    delivered_seq: Mapped[int] = mapped_column(default=0)
    tracker: Mapped[dict[str, Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    author: Mapped[Author] = mapped_column(String(8))
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"))
    agent_name: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[Kind] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")
    buttons: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    card: Mapped[dict[str, Any] | None] = mapped_column(Json)
    # As everyone sees them: they never change, so no line has to ask for them.
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default="[]")
    # Names a notice for machines.
    code: Mapped[str | None] = mapped_column(String(40))
    # What the user's click means to the bot; null for typed text.
    payload: Mapped[str | None] = mapped_column(Text)
    client_id: Mapped[str | None] = mapped_column(String(64))
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turns.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Turn(Base):
    """One thing the bot has to answer; its id orders the turns of a conversation."""

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_unfinished", "state", "next_try_at"),
        # The database itself holds "one at a time".
        Index(
            "uq_turns_running",
            "conversation_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_turns_conversation_state", "conversation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    # The idempotency root of everything the turn's actions write.
    message_id: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    # As the bot is told of them.
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default="[]")
    state: Mapped[TurnState] = mapped_column(String(8), default=TurnState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    noticed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    last_problem: Mapped[str | None] = mapped_column(String(200))


class OfferedPayload(Base):
    """A button the bot has shown: only these may be pressed."""

    __tablename__ = "offered_payloads"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    payload: Mapped[str] = mapped_column(String(700), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
