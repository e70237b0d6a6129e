"""Personal data made unreadable: in what is stored, what agents see and what is logged."""

import logging
import re
import unicodedata
from typing import Any

from stdnum import luhn
from stdnum.cn import ric

_PHONE = re.compile(r"(?<!\d)((?:(?:00)?86)?[- ]?1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{6}[- ]?\d{8}[- ]?\d{3}[\dXx](?![\dA-Za-z])")
# Written in one piece or in groups of four; the long form first, as the short one is its beginning.
_BANK_CARDS = tuple(
    re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:[- ]?\d{{4}}){{3}}{rest}(?!\d)") for rest in (r"[- ]?\d{1,3}", "")
)
_SMS_CODE = re.compile(r"((?:验证码|校验码|verification code|sms code)\D{0,6})(\d{4,6})(?!\d)", re.IGNORECASE)


def mask_phone(text: str) -> str:
    """`13800001111` → `138****1111`, wherever it stands in the text."""
    return _PHONE.sub(lambda found: f"{found[1]}****{found[3]}", text)


def mask_secrets(text: str) -> str:
    """Hide what nobody should ever send us: identity numbers, bank cards, SMS codes.

    Check digits keep order numbers and room numbers, which look alike, readable.
    """
    text = _IDENTITY.sub(lambda found: _hidden(found[0]) if ric.is_valid(_plain(found[0])) else found[0], text)
    for card in _BANK_CARDS:
        text = card.sub(lambda found: _hidden(found[0]) if luhn.is_valid(_plain(found[0])) else found[0], text)
    return _SMS_CODE.sub(lambda found: found[1] + "*" * len(found[2]), text)


def mask_all(value: Any) -> Any:
    """Mask every string inside a JSON-like value."""
    if isinstance(value, str):
        return mask_phone(mask_secrets(value))
    if isinstance(value, list):
        return [mask_all(item) for item in value]
    if isinstance(value, dict):
        return {key: mask_all(item) for key, item in value.items()}
    return value


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number).replace(" ", "").replace("-", "")


def _hidden(number: str) -> str:
    return number[:4] + re.sub(r"\d", "*", number[4:-2]) + number[-2:]


class MaskingFilter(logging.Filter):
    """Masks a log record's final text before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_all(record.getMessage()), None
        return True
