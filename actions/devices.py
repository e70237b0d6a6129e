"""Phones and app versions as users name them."""

import re

from actions.turn import Turn
from actions.values import Problem, Reading, Value, fold, is_lost

LONGEST_DEVICE = 40
# How users call it when they want to change it.
DEVICE_NAMED = "型号|机型|设备|device|model"
_DEVICE = re.compile(
    r"(?:iphone|苹果)\s*(?:se|x[sr]?|1[1-9]|[6-9])\s*(?:pro\s*max|pro|max|plus|mini|air|pm|p)?"
    r"|(?:华为|huawei|荣耀|honor|mate|nova|magic)\s*[a-z]{0,5}\s*\d{1,3}\s*(?:pro\+?|ultra|x|e|s)?"
    r"|(?:小米|红米|redmi|xiaomi)\s*(?:note\s*|k)?\d{1,3}\s*(?:pro\+?|ultra|max|s|t)?"
    r"|(?:oppo|vivo|iqoo|一加|oneplus|真我|realme|三星|samsung|魅族|moto|努比亚|红魔|中兴)\s*[a-z]{0,6}\s*\d{0,4}\s*(?:pro\+?|ultra|\+|s)?"
    r"|ipad(?:\s*(?:pro|air|mini))?(?:\s*\d{1,2})?",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<![\d.])v?(\d{1,2}\.\d{1,2}(?:\.\d{1,3}){0,2})(?![\d.])", re.IGNORECASE)
_SYSTEM = re.compile(
    r"(?:ios|安卓|android|鸿蒙|harmonyos|hyperos|miui|coloros|originos|windows|mac\s*os)\s*[\d.]*", re.IGNORECASE
)
_ABOUT_VERSION = re.compile(r"版本|抖音|app|version|伴侣|极速版|火山版", re.IGNORECASE)
_NEWEST = re.compile(r"最新|latest|newest", re.IGNORECASE)


def find_device(text: str) -> str | None:
    """A device that a message names."""
    found = _DEVICE.search(fold(text))
    return found[0].strip() if found else None


def read_device(turn: Turn) -> Reading:
    """A device known by its brand, or any short name; who does not know it need not tell it."""
    if is_lost(turn.text):
        return Value("")
    if find_device(turn.text):
        return Value(fold(turn.text) if len(turn.text) <= LONGEST_DEVICE else find_device(turn.text))
    text = fold(turn.text)
    if not text or len(text) > LONGEST_DEVICE:
        return Problem("device_long" if text else "missing", str(len(text)))
    return Value(text, sure=False)


def find_app_version(text: str) -> str | None:
    """The app's version, where a message speaks of it; a system's version is none."""
    text = _SYSTEM.sub(" ", fold(text))
    found = _VERSION.search(text)
    return found[1] if found and _ABOUT_VERSION.search(text) else None


def read_app_version(turn: Turn) -> Reading:
    """A version number, or that it is the newest, in the user's word."""
    if is_lost(turn.text):
        return Value("")
    text = _SYSTEM.sub(" ", fold(turn.text))
    if found := _VERSION.search(text):
        return Value(found[1])
    if newest := _NEWEST.search(text):
        return Value(newest[0])
    return Problem("version")
