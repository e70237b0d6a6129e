"""How a message looks on the wire, to the user and to agents alike."""

from typing import Any

from desk.conversations.models import Message


def message_view(message: Message) -> dict[str, Any]:
    """The public shape of a transcript line (JSON-ready)."""
    return {
        "id": message.id,
        "seq": message.seq,
        "author": message.author,
        "agent_name": message.agent_name,
        "kind": message.kind,
        "text": message.text,
        "buttons": message.buttons or [],
        "card": message.card,
        "attachments": message.attachments or [],
        "code": message.code,
        "created_at": message.created_at.isoformat(),
        "client_id": message.client_id,
    }


def receipt_view(message: Message) -> dict[str, Any]:
    """What the sender of a message gets back: proof that it is stored."""
    return {
        "id": message.id,
        "seq": message.seq,
        "client_id": message.client_id,
        "created_at": message.created_at.isoformat(),
    }
