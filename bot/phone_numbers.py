"""Phone numbers in a sentence: a user's own are masked, a number to call is printed only when it is allowed."""

import re
from collections.abc import Callable, Collection

_ASCII_DIGITS = {ord("０") + n: str(n) for n in range(10)}
_NOT_INSIDE_A_LONGER_NAME = r"(?<![0-9A-Za-z_.*])"
# 12000 元 is an amount and 120 天 a term.
_NOT_A_QUANTITY = r"(?![0-9A-Za-z_*])(?!\.\d)(?!\s*(?:[个天条次小分年月元块万人]|kbps|days?\b|hours?\b|yuan\b))"

_MOBILE = re.compile(r"(?<![0-9A-Za-z_])(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?![0-9A-Za-z_])")
_CALLABLE = re.compile(
    _NOT_INSIDE_A_LONGER_NAME
    + r"(?:"
    + r"[48]00[- ]?\d{3,4}[- ]?\d{3,4}"
    + r"|0\d{2,3}-\d{7,8}"
    + r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    + r"|9[56]\d{3,4}|10\d{3}|12\d{3}|110|119|120|122"
    + r")"
    + _NOT_A_QUANTITY
)


def mask_mobiles(text: str) -> str:
    """Every mobile number as 138****1111."""
    return _MOBILE.sub(r"\1****\3", text.translate(_ASCII_DIGITS))


def without_forbidden_numbers(text: str, allowed: Collection[str], report: Callable[[str], None]) -> str:
    """The text with every number one could call that is not allowed taken out, each one reported."""

    def keep_or_hide(found: re.Match[str]) -> str:
        number = re.sub(r"[- ]", "", found[0])
        if number in allowed:
            return found[0]
        report(number)
        return "***"

    return _CALLABLE.sub(keep_or_hide, text.translate(_ASCII_DIGITS))
