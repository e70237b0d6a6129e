"""How an attachment looks: to people, and to the bot."""

from typing import Any

from desk.attachments.models import Attachment


def attachment_view(attachment: Attachment) -> dict[str, Any]:
    """What its users, agents and their programs may know of it (JSON-ready)."""
    names = ("id", "kind", "name", "content_type", "size", "width", "height")
    return {name: getattr(attachment, name) for name in names}


def bot_view(attachment: Attachment) -> dict[str, Any]:
    """The bot is told what it is, and sees no bytes."""
    return {name: getattr(attachment, name) for name in ("id", "kind", "name")}
