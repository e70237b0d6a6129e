"""Values in a message: how a phone number, a Douyin id, a case number or a link is read and what is wrong with it.

Pure functions of text. A reading is a `Value`, a `Problem` with the hint to give, or None when nothing is like it.
Patterns use look-arounds: between a Chinese character and a digit there is no `\\b`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Value:
    """Something readable. An unsure one gives way to a message that clearly means something else."""

    value: Any
    sure: bool = True


@dataclass(frozen=True)
class Problem:
    """Why a reply does not answer the question: a code for the hint, and the detail the hint names."""

    code: str
    detail: str = ""
    near: bool = False  # the user did try to answer, and only slipped


Reading = Value | Problem | None

_SPOKEN_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "幺": "1", "两": "2"}
_SPOKEN_RUN = re.compile(rf"[\d{''.join(_SPOKEN_DIGITS)}][\d{''.join(_SPOKEN_DIGITS)} .,·-]{{5,}}")
_POWERS = {"十": 10, "百": 100, "千": 1000}
_WORD_AMOUNT = re.compile(r"[一二两三四五六七八九十百千零]+(?=\s*[兆mMgG])")
_PHONE = re.compile(r"(?<![\dA-Za-z_.])(?:\+?86[ -]?)?(1[3-9](?:[ .,-]?\d){9})(?![\dA-Za-z_])")
_PHONE_ABROAD = re.compile(r"(?<![\dA-Za-z])\+(?!86)(\d{1,3})[ -]?(\d{6,14})(?!\d)")
_DIGIT_RUN = re.compile(r"\d(?:[ .,-]?\d)*")
_LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_ID_TOKEN = re.compile(r"(?<![A-Za-z0-9_.])[A-Za-z0-9_.]{2,40}(?![A-Za-z0-9_.])")
_ID_LABELLED = re.compile(
    r"(?:抖音号|抖音ID|(?<![A-Za-z])dy号|抖音账号|抖音|账号|号是|(?<![A-Za-z])ID)\s*(?:是|为|叫|is|[::=])?\s*@?([A-Za-z0-9_.]{2,40})",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Za-z0-9_.]{2,24}")
# Letters with digits that name a device, a version or a measure.
_NO_ID = re.compile(
    r"(?:iphone|ipad|ios|android|mate|nova|wifi|vivo|oppo|mp|v)\d.*|\d+(?:p|k|m|g|w|mb|gb|kbps|fps|pm|x)|KF\d+",
    re.IGNORECASE,
)
_CASE = re.compile(r"(?<![A-Za-z0-9])KF[- ]?([0-9OIl]{8})[- ]?([0-9OIl]{6})(?![A-Za-z0-9])", re.IGNORECASE)
_CASE_BARE = re.compile(r"(?<!\d)(20\d{6})[- ]?(\d{6})(?!\d)")
_CASE_PART = re.compile(r"(?<![A-Za-z0-9])KF[- ]?([0-9OIl -]*)", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:我|暂时|目前|现在|就|也|都|真的|啥|什么|证据|材料)*(?:没有|没得|木有|莫得|冇|没|无|不用了?|不需要|算了|no|none|nothing)"
    r"(?:证据|材料|链接|截图|图片|视频|了|啊|呀|哦|的|什么|可以?提供的?)*",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"不知道|不记得|记不[清得住]|忘了|忘记|不清楚|找不到|没找到|在哪|哪[里儿]|怎么[看找查]|咋[看找]"
    r"|\b(?:don'?t know|forgot|not sure|where|how do i)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"错|改|换|重新|不对|不是这个|\b(?:wrong|change|correct)\b", re.IGNORECASE)
_PARTICLES = "。.,,!!??~~、;;::'\"“”‘’()()[]【】@#哈呀啊哦呢吧嗯的"


def fold(text: str) -> str:
    """One width, no invisible characters."""
    visible = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Mn"})
    return unicodedata.normalize("NFKC", visible).strip()


def read_phone(text: str) -> Reading:
    """A mobile number of the mainland as its 11 digits, any other with its country code."""
    text = _spoken_digits(fold(text))
    if found := _PHONE.search(text):
        return Value(re.sub(r"\D", "", found[1]))
    if found := _PHONE_ABROAD.search(text):
        return Value(f"+{found[1]}{found[2]}")
    digits = max((re.sub(r"\D", "", run) for run in _DIGIT_RUN.findall(text)), key=len, default="")
    if not digits:
        return None
    if re.search(rf"[A-Za-z_]{digits[:1]}|{digits[-1:]}[A-Za-z_]", text):
        return Problem("phone_letters")
    national = digits.removeprefix("86") if len(digits) > 11 else digits
    if len(national) == 11:
        return Problem("phone_prefix", near=True)
    return Problem("phone_length", str(len(national)), near=True)


def _spoken_digits(text: str) -> str:
    """`幺三八零零…` as digits, in runs long enough to be a number."""
    return _SPOKEN_RUN.sub(lambda run: "".join(_SPOKEN_DIGITS.get(c, c) for c in run[0]), text)


def with_digits(text: str) -> str:
    """Amounts in words as digits: 「三百兆」 as 300兆."""
    return _WORD_AMOUNT.sub(lambda found: str(_amount(found[0])), text)


def _amount(words: str) -> int:
    total, digit = 0, 0
    for char in words:
        if char in _POWERS:
            total += (digit or 1) * _POWERS[char]
            digit = 0
        else:
            digit = int(_SPOKEN_DIGITS[char])
    return total + digit


def read_douyin_id(text: str) -> Reading:
    """The id in a reply to the question for it."""
    text = _LINK.sub(" ", folded := fold(text))
    if labelled := _ID_LABELLED.search(text):
        return _checked_id(labelled[1])
    tokens = [token.strip(".") for token in _ID_TOKEN.findall(text)]
    telling = [token for token in tokens if re.search(r"[\d_.]", token)]
    if len(telling) > 1:  # a phone number sent along is not meant
        telling = [token for token in telling if not _PHONE.fullmatch(token)]
    if len(telling) == 1:
        return _checked_id(telling[0])
    if not telling and len(tokens) == 1:
        return _checked_id(tokens[0], sure=False)
    if tokens:
        return Problem("id_several")
    if folded != text:
        return Problem("id_link")
    return Problem("id_nickname") if text.strip(_PARTICLES) else None


def find_douyin_id(text: str) -> str | None:
    """An id that a message mentions without having been asked for it."""
    text = _LINK.sub(" ", fold(text))
    labelled = [token.strip(".") for token in _ID_LABELLED.findall(text)]
    bare = [token.strip(".") for token in _ID_TOKEN.findall(text) if re.search(r"[A-Za-z]", token)]
    candidates = {token for token in labelled + bare if re.search(r"[\d_.]", token) and not _NO_ID.fullmatch(token)}
    candidates = {token for token in candidates if len(token) >= 4 and _ID.fullmatch(token)}
    return candidates.pop() if len(candidates) == 1 else None


def _checked_id(token: str, sure: bool = True) -> Reading:
    token = token.strip(".")
    return Value(token, sure) if _ID.fullmatch(token) else Problem("id_length", str(len(token)))


def read_case_number(text: str, today: date) -> Reading:
    """A case number as KF and 14 digits; letters that look like digits and a missing KF are forgiven."""
    text = fold(text)
    found = _CASE.search(text) or _CASE_BARE.search(text)
    if not found:
        part = _CASE_PART.search(text)
        digits = re.sub(r"\D", "", part[1] if part else text)
        return Problem("case_length", str(len(digits))) if part or len(digits) >= 8 else None
    day, serial = (_as_digits(group) for group in found.groups())
    try:
        opened = datetime.strptime(day, "%Y%m%d").date()
    except ValueError:
        return Problem("case_date", day)
    return Value(f"KF{day}{serial}") if opened <= today else Problem("case_date", day)


def _as_digits(text: str) -> str:
    return text.translate(str.maketrans("OoIl", "0011"))


def find_case_number(text: str, today: date) -> str | None:
    """A case number that a message mentions."""
    reading = read_case_number(text, today)
    return reading.value if isinstance(reading, Value) else None


def find_phone(text: str) -> str | None:
    """A phone number that a message mentions."""
    reading = read_phone(text)
    return reading.value if isinstance(reading, Value) else None


def read_links(text: str) -> Reading:
    """Evidence: the links of a message, or the word that there is none."""
    links = [link.rstrip(".,;)") for link in _LINK.findall(fold(text))]
    if links:
        return Value(links)
    return Value([]) if says_nothing(text) else Problem("no_link")


def says_nothing(text: str) -> bool:
    """Does the message say that there is nothing to give?"""
    return bool(_NOTHING.fullmatch(fold(text).strip(_PARTICLES + " ")))


def is_lost(text: str) -> bool:
    """Does the user not know the answer, or where to find it?"""
    return bool(_LOST.search(fold(text)))


def corrects(text: str, named: str) -> bool:
    """Does the message want to change what `named`, a pattern, stands for?"""
    text = fold(text)
    return bool(_CORRECTS.search(text) and re.search(named, text, re.IGNORECASE))


def read_prose(text: str, shortest: int, longest: int) -> Reading:
    """Free text of a sensible length, in the user's own characters."""
    text = text.strip()
    if len(text) < shortest:
        return Problem("too_short", str(len(text)))
    return Value(text) if len(text) <= longest else Problem("too_long", str(len(text)))


def mask_phone(phone: str) -> str:
    """A phone number as it may be shown: 138****1111."""
    return f"{phone[:3]}****{phone[-4:]}"
