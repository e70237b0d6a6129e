"""One spelling for one meaning: how a message is read before it is compared.

The result is for reading only. It never replaces a message's text: Rasa looks for commands in
the text, and a full-width slash folded to "/" would become one.
"""

import functools
import re
import unicodedata

import opencc

# Format, combining, enclosing, private use and lone surrogates: no reader sees them as letters.
_INVISIBLE = {"Cf", "Mn", "Me", "Co", "Cs"}
_FIRST_PICTURE = 0x1F000
_HANZI = "\u3400-\u9fff"
# Douyin and WeChat write their own emoji as a word in brackets.
_NAMED_EMOJI = re.compile(rf"\[[{_HANZI}]{{1,4}}\]")
_GAP_BESIDE_HANZI = re.compile(rf"(?<=[{_HANZI}]) | (?=[{_HANZI}])")


def normalise(text: str) -> str:
    """Fold width, case, traditional characters, emoji and spacing.

    A message of nothing but emoji keeps them: then they are what the user said.
    """
    visible = unicodedata.normalize("NFKC", _without_invisible(text))
    simplified = _to_simplified().convert(visible).lower()
    return _tidy(_without_emoji(simplified)) or _tidy(simplified)


@functools.cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _without_invisible(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)


def _without_emoji(text: str) -> str:
    return "".join(" " if _is_picture(c) else c for c in _NAMED_EMOJI.sub(" ", text))


def _is_picture(character: str) -> bool:
    beyond_letters = ord(character) >= _FIRST_PICTURE and not character.isalnum()
    return beyond_letters or unicodedata.category(character) == "So"


def _tidy(text: str) -> str:
    """Single spaces, and none beside a Chinese character, where they mean nothing."""
    return _GAP_BESIDE_HANZI.sub("", " ".join(text.split()))
