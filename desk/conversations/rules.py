"""Pure decisions about messages and turns."""

import unicodedata
from datetime import datetime, timedelta

from desk.errors import TextControlCharacters, TextEmpty, TextTooLong

TEXT_LIMIT = 2000
PAYLOAD_LIMIT = 700
MOST_ATTACHMENTS = 9
_FIRST_RETRY = timedelta(seconds=0.5)
_LONGEST_RETRY = timedelta(seconds=8)
# Characters that show nothing; a message of these alone is empty.
_INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc"}
_ALLOWED_CONTROLS = {"\n", "\r", "\t"}


def checked_text(text: str) -> str:
    """The text as it will be stored, or the refusal its sender hears."""
    text = text.replace("\r\n", "\n").strip()
    if any(unicodedata.category(c) == "Cc" and c not in _ALLOWED_CONTROLS for c in text):
        raise TextControlCharacters()
    # Half a surrogate pair is no character and no database stores it.
    if any(unicodedata.category(c) == "Cs" for c in text):
        raise TextControlCharacters()
    if all(unicodedata.category(c) in _INVISIBLE for c in text):
        raise TextEmpty()
    if len(text) > TEXT_LIMIT:
        raise TextTooLong(limit=TEXT_LIMIT, length=len(text))
    return text


def checked_words(text: str | None, alone: bool) -> str:
    """The text of a message; only beside attachments may there be none."""
    return checked_text(text or "") if alone or (text and text.strip()) else ""


def next_try(now: datetime, attempts: int) -> datetime:
    """When a turn that failed `attempts` times is tried again: doubling pauses, 8 s at most."""
    return now + min(_FIRST_RETRY * 2 ** max(attempts - 1, 0), _LONGEST_RETRY)
