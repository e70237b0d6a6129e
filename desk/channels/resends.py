"""What rasa-webchat sends again: after every `session_confirm`, all that was typed before the first one."""

import hashlib
from collections import Counter

_RIGHT_AFTER = 10.0  # seconds: they come as soon as the client hears that its session is confirmed


class Resends:
    """Gives such a text the same id each time it comes, through whichever connection and desk: it is stored once.

    It is known by the session id it names: the one the page had when it was typed, never the one that was
    confirmed for this connection. What is said now names that one, and is heard however often it is said.
    """

    def __init__(self, confirmed: str, at: float) -> None:
        self._confirmed, self._until = confirmed, at + _RIGHT_AFTER
        self._seen: Counter[tuple[str, str]] = Counter()

    def id_of(self, named: str, text: str, at: float) -> str | None:
        """The id of a text that was typed before the session was confirmed; None for one that is said now."""
        if named == self._confirmed or at > self._until:
            return None
        self._seen[named, text] += 1  # who typed the same twice is heard twice
        made_of = f"{named}\n{self._seen[named, text]}\n{text}".encode("utf-8", "surrogatepass")
        return f"early-{hashlib.sha256(made_of).hexdigest()[:40]}"
