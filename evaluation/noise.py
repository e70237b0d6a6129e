"""Sentences as they come in from hurried fingers and other keyboards.

Apart from the noise that the bot is trained with (bot/): another generator, other characters, another share of them.
Otherwise a test would only show that the bot knows its own mistakes by heart.
"""

import functools
import zlib
from collections.abc import Callable, Mapping

import numpy as np
import opencc
import pypinyin
from numpy.random import Generator

# One place in so many is spoilt, and one at least.
_ONE_IN = 8
_SHORTEST = 3
_EMOJI = "😂😭🙏😡👍🥺😅🤔💔🔥❤🙄😤👀🤡"
# The first level of GB 2312: the 3,755 characters in everyday use.
_FIRST_ROW, _LAST_ROW = 0xB0, 0xD7


def homophones(text: str, chance: Generator) -> str:
    """Characters that an input method offers for the same syllable, the tone aside."""
    return _spoilt(text, _hanzi(text), lambda c: str(chance.choice(_others_like(c))), chance)


def traditional(text: str, _chance: Generator) -> str:
    """As it is written in Hong Kong and Taiwan."""
    return _to_traditional().convert(text)


def dropped(text: str, chance: Generator) -> str:
    """Characters left out."""
    return _spoilt(text, _places(text), lambda _: "", chance)


def swapped(text: str, chance: Generator) -> str:
    """Neighbours in the wrong order."""
    letters = list(text)
    for place in _chosen(_places(text)[:-1], chance):
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def with_emoji(text: str, chance: Generator) -> str:
    """Pictures between the characters."""
    return _spoilt(text, list(range(len(text))), lambda c: c + str(chance.choice(list(_EMOJI))), chance)


def abbreviated(text: str, chance: Generator) -> str:
    """Two or three characters in a row by the first letters of their syllables."""
    hanzi = set(_hanzi(text))
    size = int(chance.integers(2, 4))
    starts = [place for place in sorted(hanzi) if all(place + step in hanzi for step in range(size))]
    if not starts:
        return text
    start = int(chance.choice(starts))
    stretch = text[start : start + size]
    return text[:start] + "".join(_first_letter(c) for c in stretch) + text[start + size :]


KINDS: Mapping[str, Callable[[str, Generator], str]] = {
    "homophones": homophones,
    "traditional characters": traditional,
    "dropped characters": dropped,
    "swapped characters": swapped,
    "emoji": with_emoji,
    "pinyin abbreviations": abbreviated,
}


def noisy(text: str, kind: str) -> str:
    """The sentence with one kind of noise, the same every time and whatever other sentences there are."""
    return KINDS[kind](text, np.random.default_rng(zlib.crc32(f"{kind}\0{text}".encode("utf-8", "surrogatepass"))))


def _spoilt(text: str, places: list[int], spoil: Callable[[str], str], chance: Generator) -> str:
    letters = list(text)
    for place in _chosen(places, chance):
        letters[place] = spoil(letters[place])
    return "".join(letters)


def _chosen(places: list[int], chance: Generator) -> list[int]:
    if not places:
        return []
    return [int(place) for place in chance.choice(places, size=-(-len(places) // _ONE_IN), replace=False)]


def _places(text: str) -> list[int]:
    """All places of a text, or none when it would not survive."""
    return list(range(len(text))) if len(text) >= _SHORTEST else []


def _hanzi(text: str) -> list[int]:
    return [place for place, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]


@functools.cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@functools.cache
def _others_like(character: str) -> list[str]:
    return [other for other in _everyday().get(_syllable(character), []) if other != character] or [character]


@functools.cache
def _everyday() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in range(_FIRST_ROW, _LAST_ROW + 1):
        for character in bytes(byte for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode("gb2312", "ignore"):
            found.setdefault(_syllable(character), []).append(character)
    return found


@functools.cache
def _syllable(character: str) -> str:
    return str(pypinyin.pinyin(character, style=pypinyin.Style.NORMAL)[0][0])


def _first_letter(character: str) -> str:
    return _syllable(character)[0]
