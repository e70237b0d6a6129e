"""How a transcript line looks to clients of Rasa's socket.io channel."""

import re
from typing import Any


def rasa_events(message: dict[str, Any]) -> list[dict[str, Any]]:
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
    return events
