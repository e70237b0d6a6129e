"""Pure decisions about attachments."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from desk.conversations.enums import Author

NAME_LIMIT = 100
# Controls, marks that turn the direction of writing or show nothing, halves of characters, breaks of lines.
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Attachment(Protocol):
    """What these decisions look at."""

    conversation_id: str
    author: Author
    agent_id: str | None
    message_id: str | None


def user_may_see(attachment: Attachment, conversation_id: str) -> bool:
    """What they uploaded themselves, and what was sent to them."""
    mine = attachment.conversation_id == conversation_id
    return mine and (attachment.author == Author.USER or attachment.message_id is not None)


def agent_may_see(attachment: Attachment, agent_id: str) -> bool:
    """What was sent, and what they uploaded themselves; whether its conversation is their business is asked apart."""
    return attachment.message_id is not None or attachment.agent_id == agent_id


def shown_name(given: str, extensions: Sequence[str], otherwise: str) -> str:
    """The name a file is shown by: without folders or tricks, and with an extension that fits what it holds."""
    last = re.split(r"[/\\]", given)[-1]
    plain = "".join(" " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c) not in _UNSHOWN)
    words = " ".join(plain.split()).rstrip(". ")
    found = _EXTENSION.search(words)
    fits = found is not None and found[0].lower() in extensions
    extension = found[0] if found and fits else extensions[0]
    stem = words[: found.start()] if found else words
    return (stem[: NAME_LIMIT - len(extension)].strip(". ") or otherwise) + extension


def looks_foreign(known: int, unknown: int) -> bool:
    """Whether a folder seems to belong to another database: of its own files a desk forgets few."""
    return unknown > known


def has_room(used: int, size: int, limit: int) -> bool:
    """Whether a conversation may keep so many bytes more."""
    return used + size <= limit
