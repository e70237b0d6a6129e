"""Training examples as people would mistype them (the same mistakes at every training)."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable

from bot.nlu.pinyin import sound

_HANZI_FIRST, _HANZI_LAST = "\u4e00", "\u9fff"


class NoisyCopies:
    """Makes copies of a text with one kind of mistake each."""

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        """Homophones are taken from the characters of ``texts``, which people do use."""
        self._random = random.Random(seed)
        self._homophones = _homophones(texts)

    def of(self, text: str, copies: int) -> list[str]:
        """So many copies, each by another kind of mistake; those that changed nothing are left out."""
        mistakes: list[Callable[[str], str]] = [
            self._mishear,
            self._mishear,
            self._drop,
            self._swap,
            self._abbreviate,
            self._spell_out,
        ]
        chosen = self._random.sample(mistakes, copies)
        return [noisy for mistake in chosen if (noisy := mistake(text)) != text]

    def _mishear(self, text: str) -> str:
        return "".join(self._homophone(c) if self._random.random() < 0.2 else c for c in text)

    def _homophone(self, character: str) -> str:
        return self._random.choice(self._homophones[sound(character)]) if _is_hanzi(character) else character

    def _drop(self, text: str) -> str:
        if len(text) < 4:
            return text
        place = self._random.randrange(len(text))
        return text[:place] + text[place + 1 :]

    def _swap(self, text: str) -> str:
        if len(text) < 4:
            return text
        place = self._random.randrange(len(text) - 1)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    def _abbreviate(self, text: str) -> str:
        return self._in_latin(text, lambda c: sound(c)[0])

    def _spell_out(self, text: str) -> str:
        return self._in_latin(text, sound)

    def _in_latin(self, text: str, spell: Callable[[str], str]) -> str:
        """A stretch of the text (or all of it) typed with Latin letters."""
        start = self._random.randrange(len(text))
        end = start + self._random.choice([2, 3, 4, len(text)])
        stretch = "".join(spell(c) if _is_hanzi(c) else c for c in text[start:end])
        return text[:start] + stretch + text[end:]


def _is_hanzi(character: str) -> bool:
    return _HANZI_FIRST <= character <= _HANZI_LAST


def _homophones(texts: Iterable[str]) -> dict[str, list[str]]:
    by_sound = defaultdict(set)
    for character in sorted({c for text in texts for c in text if _is_hanzi(c)}):
        by_sound[sound(character)].add(character)
    return {reading: sorted(characters) for reading, characters in by_sound.items()}
