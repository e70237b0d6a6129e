"""What may be told to whom once a transaction is committed."""

from dataclasses import dataclass
from typing import Any

from desk.conversations.enums import Owner


@dataclass(frozen=True)
class MessageStored:
    """The transcript of a conversation grew by this message."""

    conversation_id: str
    message: dict[str, Any]
    owner: Owner
    served_by: str | None


@dataclass(frozen=True)
class StateChanged:
    """Owner, queue place or CSAT request of a conversation changed."""

    conversation_id: str


@dataclass(frozen=True)
class CaseChanged:
    """The trail of a case grew: its state, material or CSAT may be another."""

    number: str


@dataclass(frozen=True)
class QueueChanged:
    """Someone joined or left the waiting line, or agents came or went."""


@dataclass(frozen=True)
class TurnQueued:
    """The bot has something to answer."""


@dataclass(frozen=True)
class TurnEnded:
    """A turn is done or dropped."""

    turn_id: int
