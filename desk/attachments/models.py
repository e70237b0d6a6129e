"""The table of attachments; their bytes lie in the uploads folder under the same id."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.attachments.enums import AttachmentKind
from desk.conversations.enums import Author
from desk.database import Base, Moment


class Attachment(Base):
    """Uploaded by a user, or by the agent it names; sent once it belongs to a message."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index(
            "ix_attachments_unsent",
            "created_at",
            sqlite_where=text("message_id IS NULL"),
            postgresql_where=text("message_id IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    author: Mapped[Author] = mapped_column(String(8))
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"))
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    # As its first bytes say, never as its sender does.
    content_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment)


class Filed(Base):
    """An attachment that is material of a case; it may be material of several."""

    __tablename__ = "filed_attachments"

    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    attachment_id: Mapped[str] = mapped_column(ForeignKey("attachments.id"), primary_key=True, index=True)
