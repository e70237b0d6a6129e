"""Tables of proofs of ownership and of the tries that led to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.database import Base, Moment


class OwnershipTry(Base):
    """Somebody gave a phone number to prove that `target` is theirs."""

    __tablename__ = "ownership_tries"
    __table_args__ = (
        Index("ix_ownership_tries_conversation", "conversation_id", "at"),
        Index("ix_ownership_tries_target", "target", "at"),
        Index("ix_ownership_tries_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    target: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    succeeded: Mapped[bool] = mapped_column(default=False)
    # A turn that is run again repeats its look-up: still one try.
    key: Mapped[str | None] = mapped_column(String(200), unique=True)


class OwnershipProof(Base):
    """This conversation has proved that `target` is the user's."""

    __tablename__ = "ownership_proofs"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    target: Mapped[str] = mapped_column(String(120), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
