"""How a transcript line looks to clients of Rasa's socket.io channel."""

import re
from collections.abc import Callable
from typing import Any

from desk.words import say

Link = Callable[[str], str | None]


def rasa_events(message: dict[str, Any], locale: str, link: Link) -> list[dict[str, Any]]:
    """A transcript line as `bot_uttered` events: one for each part between blank lines, buttons on the last.

    No extra top-level key: rasa-webchat breaks on one.
    """
    if message["author"] == "user":
        return []
    parts = [part for part in re.split(r"\n\s*\n", message["text"]) if part.strip()]
    events: list[dict[str, Any]] = [{"text": part} for part in parts]
    if message["buttons"]:
        replies = [{"content_type": "text", **button} for button in message["buttons"]]
        events = events or [{"text": ""}]
        events[-1]["quick_replies"] = replies
    return events + [_attached(each, locale, link(each["id"])) for each in message["attachments"]]


def _attached(attachment: dict[str, Any], locale: str, address: str | None) -> dict[str, Any]:
    """A picture to look at; of anything else, or where nobody can reach it, words."""
    if address and attachment["kind"] == "image":
        return {"attachment": {"type": "image", "payload": {"src": address}}}
    if address:
        return {"text": say(locale, "attachment-linked", name=attachment["name"], address=address)}
    return {"text": say(locale, "attachment-out-of-reach", name=attachment["name"])}
