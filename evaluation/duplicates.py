"""Sentences that are nearly the same: they make a data set look larger, and a test easier, than it is.

`python -m evaluation.duplicates` prints those of the training data and of the sentences held apart from it.
"""

import functools
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.text import normalise
from evaluation import sets
from evaluation.sets import Example
from scripts.console import say

LIMIT = Fraction(3, 5)
# The three characters of a shorter sentence are no evidence: 哈哈哈 would be 哈哈哈哈哈哈.
SHORTEST_COMPARED = 4
# Marks that change no meaning; a question mark may turn it round.
_MUTE = str.maketrans("", "", "。.!！~,，、…")
_PUNCTUATION = re.compile(r"[^\w\s]+")


@dataclass(frozen=True)
class Pair:
    """Two examples, the later first, and how much of both is the same (0 to 1)."""

    one: Example
    other: Example
    likeness: float

    def __str__(self) -> str:
        sides = "\t".join(f"{side.intent}\t{side.text}" for side in (self.one, self.other))
        return f"{self.likeness:.2f}\t{sides}"


@functools.lru_cache(maxsize=100_000)
def reading(text: str) -> str:
    """What of a sentence is compared: a test gives away no less for a mark more or less."""
    said = _squeezed(text)
    return _PUNCTUATION.sub("", said) or said


@functools.lru_cache(maxsize=100_000)
def trigrams(read: str) -> frozenset[str]:
    """All runs of three characters; a shorter sentence is its only run."""
    return frozenset(read[start : start + 3] for start in range(max(1, len(read) - 2)))


def alike(one: str, other: str) -> float:
    """The share of runs that two readings have in common (Jaccard)."""
    if min(len(one), len(other)) < SHORTEST_COMPARED:
        return float(one == other)
    ours, theirs = trigrams(one), trigrams(other)
    return len(ours & theirs) / len(ours | theirs)


def within(examples: Sequence[Example], limit: Fraction = LIMIT) -> Iterator[Pair]:
    """Each example with every earlier one that is nearly the same, whatever their intents."""
    index = _Index((example.text for example in examples), limit)
    for example in examples:
        yield from (Pair(example, *match) for match in index.like(example))
        index.add(example)


def between(examples: Iterable[Example], others: Sequence[Example], limit: Fraction = LIMIT) -> Iterator[Pair]:
    """Each example with every one of the others that is nearly the same."""
    index = _Index((other.text for other in others), limit)
    for other in others:
        index.add(other)
    for example in examples:
        yield from (Pair(example, *match) for match in index.like(example))


def repeated_shares(examples: Sequence[Example]) -> dict[str, float]:
    """For each intent the share of its lines that nearly repeat an earlier line of it."""
    counts = Counter(example.intent for example in examples)
    repeating = {pair.one for pair in within(examples) if pair.one.intent == pair.other.intent}
    repeated = Counter(example.intent for example in repeating)
    return {intent: repeated[intent] / count for intent, count in counts.items()}


def contradictions(examples: Iterable[Example]) -> list[list[Example]]:
    """Groups of examples that say the same and are labelled differently."""
    readings: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        said = _squeezed(example.text)
        readings[said.translate(_MUTE) or said].append(example)
    return [group for group in readings.values() if len({example.intent for example in group}) > 1]


def _squeezed(text: str) -> str:
    return "".join(normalise(text).split())


class _Index:
    """Finds the examples that are nearly the same without comparing all with all.

    Two sets that have more than the limit in common share one of the rarest few runs of each, so only
    examples that do are compared.
    """

    def __init__(self, texts: Iterable[str], limit: Fraction) -> None:
        self._counts = Counter(run for text in texts for run in trigrams(reading(text)))
        self._limit = limit
        self._by_run: dict[str, list[tuple[str, Example]]] = defaultdict(list)

    def add(self, example: Example) -> None:
        read = reading(example.text)
        for run in self._rarest(read):
            self._by_run[run].append((read, example))

    def like(self, example: Example) -> Iterator[tuple[Example, float]]:
        read = reading(example.text)
        candidates = {
            id(other): (theirs, other) for run in self._rarest(read) for theirs, other in self._by_run.get(run, ())
        }
        for theirs, other in candidates.values():
            if (likeness := alike(read, theirs)) > self._limit:
                yield other, likeness

    def _rarest(self, read: str) -> list[str]:
        """So many runs that a set without any of them has too little left in common with this one."""
        runs = sorted(trigrams(read), key=lambda run: (self._counts[run], run))
        return runs[: len(runs) - math.ceil(self._limit * len(runs)) + 1]


def main() -> int:
    """Print all offending pairs; the exit code tells whether there are any."""
    trained = sets.training()
    apart = [example for examples in sets.held_apart().values() for example in examples]
    alike_pairs = list(within(trained))
    found = {
        "near-duplicates": [pair for pair in alike_pairs if pair.one.intent == pair.other.intent],
        "near-duplicates across intents": [pair for pair in alike_pairs if pair.one.intent != pair.other.intent],
        "leaks": list(between(apart, trained)),
    }
    for name, pairs in found.items():
        say(f"# {len(pairs)} {name}")
        for pair in sorted(pairs, key=lambda pair: (pair.one.intent, -pair.likeness)):
            say(str(pair))
    groups = contradictions([*trained, *apart])
    say(f"# {len(groups)} contradictions")
    for group in groups:
        say("\t".join(f"{example.intent}\t{example.text}" for example in group))
    return int(any(found.values()) or bool(groups))


if __name__ == "__main__":
    sys.exit(main())
