"""How a message sounds: toneless syllables, whether typed as Hanzi or as pinyin.

One reading per character, always the same: a wrong but steady reading compares as well as a right one.
"""

import functools
import re
from collections.abc import Iterable

import pypinyin

_PIECE = re.compile(r"(?P<hanzi>[\u3400-\u9fff])|(?P<latin>[a-z]+)|(?P<digits>\d+)")
# The common block; it has every syllable of the language.
_FIRST_HANZI, _LAST_HANZI = 0x4E00, 0x9FA5
_LONGEST_SYLLABLE = 6
# A longer run of letters is a link or a cat on the keyboard, not typed pinyin.
_LONGEST_RUN = 80


def syllables(text: str) -> list[str]:
    """The syllables of a normalised text; what is no Chinese stays as it is, a word a piece."""
    sounds: list[str] = []
    for piece in _PIECE.finditer(text):
        if piece["hanzi"]:
            sounds.append(sound(piece["hanzi"]))
        elif piece["latin"]:
            sounds.extend(_split_latin(piece["latin"]))
        else:
            sounds.append(piece["digits"])
    return sounds


def initials(sounds: Iterable[str]) -> str:
    """First letters, as people abbreviate; a piece that is no syllable may be an abbreviation already."""
    known = _known_syllables()
    return "".join(piece[0] if piece in known else piece for piece in sounds)


@functools.cache
def sound(character: str) -> str:
    """The toneless reading of one character (itself when it has none)."""
    return pypinyin.lazy_pinyin(character)[0]


@functools.cache
def _known_syllables() -> frozenset[str]:
    return frozenset(sound(chr(code)) for code in range(_FIRST_HANZI, _LAST_HANZI + 1))


@functools.lru_cache(maxsize=4096)
def _split_latin(run: str) -> tuple[str, ...]:
    """The run as pinyin syllables, longest first; whole when it cannot be read as pinyin to its end."""
    if len(run) > _LONGEST_RUN:
        return (run,)
    known = _known_syllables()
    endings: list[tuple[str, ...] | None] = [()]
    for start in range(len(run) - 1, -1, -1):
        best = None
        for size in range(min(_LONGEST_SYLLABLE, len(run) - start), 0, -1):
            rest = endings[-size]
            if rest is not None and run[start : start + size] in known:
                best = (run[start : start + size], *rest)
                break
        endings.append(best)
    return endings[-1] or (run,)
