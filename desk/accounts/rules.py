"""Pure decisions about ownership."""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

WINDOW = timedelta(hours=1)
TRIES_PER_CONVERSATION = 5
TRIES_PER_TARGET = 5
TRIES_PER_ADDRESS = 50


@dataclass(frozen=True)
class Tries:
    """Failed tries within the last hour, this one not counted."""

    conversation: int
    target: int
    address: int


def may_try(tries: Tries) -> bool:
    return (
        tries.conversation < TRIES_PER_CONVERSATION
        and tries.target < TRIES_PER_TARGET
        and tries.address < TRIES_PER_ADDRESS
    )


def same_phone(given: str, registered: str) -> bool:
    """Whether two phone numbers are one, however they are written; compared in constant time.

    No number at all is nobody's: it proves nothing where none is registered.
    """
    plain = plain_phone(given)
    return plain != "" and hmac.compare_digest(plain.encode(), plain_phone(registered).encode())


def plain_phone(text: str) -> str:
    """Digits only, without the country code of mainland numbers: `+86 138-0000-1111` → `13800001111`."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def account_target(douyin_id: str) -> str:
    return f"account:{douyin_id.casefold()}"


def case_target(number: str) -> str:
    return f"case:{number}"


def phone_target(phone: str) -> str:
    return f"phone:{phone}"
