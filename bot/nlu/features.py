"""A message as weighted n-grams of what it looks like and what it sounds like (TF-IDF).

Characters survive a typo, pairs over a gap an inserted word, syllables a homophone or pinyin, initials
an abbreviation. Words from a segmenter are left out: one wrong character breaks them.
"""

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.dialect import in_standard_chinese
from bot.nlu.pinyin import initials, syllables
from bot.text import normalise

# More of a message than this says nothing new about its topic, and costs time.
_LONGEST_READ = 600
# ASCII only: beside Hanzi there is no word boundary to go by. The marks stand in no normalised message.
_VALUES = {
    "\ue001": re.compile(r"https?://[!-~]+"),
    # An underscore, a long number in a word, or letters and digits by turns; units, codes and models are no ids.
    "\ue002": re.compile(
        r"(?<![a-z0-9_.])(?!0x)(?![0-9.]+[a-z]+(?![a-z0-9_.]))"
        r"(?=[a-z0-9_.]*[a-z])(?=[a-z0-9_.]*(?:_|[0-9]{5}|[0-9][a-z]+[0-9]+[a-z]))[a-z0-9_.]{5,}"
    ),
    "\ue003": re.compile(r"[0-9](?:[ -]?[0-9]){7,}"),
}


@dataclass(frozen=True)
class Block:
    """One kind of n-gram: its mark in the vocabulary, its lengths and its share of the vector."""

    mark: str
    shortest: int
    longest: int
    weight: float


CHARACTERS = Block("c", 1, 4, 1.0)
# Two characters with one or two between them, so many apart.
GAPS = Block("k", 2, 3, 0.5)
SYLLABLES = Block("s", 1, 3, 0.4)
INITIALS = Block("i", 2, 4, 0.2)

# How often each n-gram of a message stands in it, by block.
Counts = dict[Block, Counter[str]]


def count_ngrams(text: str) -> Counts:
    """The n-grams of one message, by block (none of an empty one)."""
    # Cut before it is normalised, for that takes time too, and after it: one character may stand for eighteen.
    read = _both_ends(_values_by_kind(in_standard_chinese(normalise(_both_ends(text)))))
    if not read:
        return {}
    # With its edges marked, a message that is one word differs from one that has the word in it.
    marked = f"^{read}$"
    sounds = syllables(read)
    return {
        CHARACTERS: Counter(_ngrams(CHARACTERS, marked)),
        GAPS: Counter(_pairs(GAPS, marked)),
        SYLLABLES: Counter(_ngrams(SYLLABLES, sounds)),
        INITIALS: Counter(_ngrams(INITIALS, initials(sounds))),
    }


def _values_by_kind(read: str) -> str:
    """Links, ids and long numbers as what kind they are: which one it is says nothing about the wish.

    Left as they are, their rare n-grams would drown the few words beside them.
    """
    for kind, pattern in _VALUES.items():
        read = pattern.sub(kind, read)
    return read


def _both_ends(text: str) -> str:
    """A long message with its middle left out: people open or close with what they want."""
    if len(text) <= _LONGEST_READ:
        return text
    half = _LONGEST_READ // 2
    return f"{text[:half]} {text[-half:]}"


def _ngrams(block: Block, sequence: str | list[str]) -> list[str]:
    mark, sizes = block.mark, range(block.shortest, block.longest + 1)
    if isinstance(sequence, str):
        return [mark + sequence[start : start + size] for size in sizes for start in range(len(sequence) - size + 1)]
    runs = (zip(*(sequence[start:] for start in range(size)), strict=False) for size in sizes)
    return [mark + " ".join(run) for same_size in runs for run in same_size]


def _pairs(block: Block, characters: str) -> Iterator[str]:
    for apart in range(block.shortest, block.longest + 1):
        for left, right in zip(characters, characters[apart:], strict=False):
            yield f"{block.mark}{left}_{right}"


class Tally:
    """The n-grams of many messages as numbers: as text, those of all examples would take gigabytes."""

    def __init__(self, messages: Iterable[Counts]) -> None:
        """Number the n-grams in the order in which they are met."""
        self.count = 0
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        ngrams, counts, self._parts = array("i"), array("i"), []
        for message in messages:
            for block, found in message.items():
                ngrams.extend(map(self.numbers.__getitem__, found))
                counts.extend(found.values())
                self._parts.append((self.count, len(found), block.weight))
            self.count += 1
        self.ngrams, self.counts = np.array(ngrams), np.array(counts)

    def parts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each block of each message: the message's place, how many n-grams it has, and the block's weight."""
        place, size, weight = np.array(self._parts).reshape(-1, 3).T
        return place.astype(int), size.astype(int), weight


class NgramSpace:
    """Turns messages into vectors over a learnt vocabulary."""

    def __init__(self, vocabulary: Iterable[str], idf: np.ndarray, rarest: float) -> None:
        """Keep a learnt space.

        ``rarest`` is the weight of an n-gram that was never learnt. It lengthens the norm: the more of
        a message is unfamiliar, the less the familiar rest of it says.
        """
        self.vocabulary = {ngram: column for column, ngram in enumerate(vocabulary)}
        self.idf = idf
        self.rarest = rarest

    @classmethod
    def learn(cls, messages: Tally, min_count: int) -> "NgramSpace":
        """A space of the n-grams which at least ``min_count`` of the messages have.

        The most frequent come first, so that what is met often lies close together.
        """
        found_in = np.bincount(messages.ngrams, minlength=len(messages.numbers))
        order = np.argsort(-found_in, kind="stable")[: np.count_nonzero(found_in >= min_count)]
        names = list(messages.numbers)
        idf = np.log((1 + messages.count) / (1 + found_in[order])) + 1
        return cls([names[number] for number in order], idf, math.log((1 + messages.count) / 2) + 1)

    def vector(self, message: Counts) -> tuple[list[int], list[float]]:
        """The columns of one message and their values."""
        columns: list[int] = []
        values: list[float] = []
        for block, ngrams in message.items():
            known = [(self.vocabulary[ngram], count) for ngram, count in ngrams.items() if ngram in self.vocabulary]
            weights = [(1 + math.log(count)) * self.idf[column] for column, count in known]
            unseen = len(ngrams) - len(known)
            norm = math.sqrt(sum(weight * weight for weight in weights) + unseen * self.rarest**2)
            columns.extend(column for column, _ in known)
            values.extend(block.weight * weight / norm for weight in weights)
        return columns, values

    def matrix(self, messages: Tally) -> csr_matrix:
        """One row a message: what ``vector`` does, for many at once."""
        columns = np.fromiter(map(self.vocabulary.get, messages.numbers, repeat(-1)), np.int32)[messages.ngrams]
        known = columns >= 0
        row, size, weight = messages.parts()
        part = np.repeat(np.arange(len(row)), size)
        unseen = np.bincount(part[~known], minlength=len(row))
        columns, part = columns[known], part[known]
        values = (1 + np.log(messages.counts[known])) * self.idf[columns]
        norms = np.sqrt(np.bincount(part, values * values, minlength=len(row)) + unseen * self.rarest**2)
        values *= (weight / np.maximum(norms, 1e-9))[part]
        ends = np.searchsorted(row[part], np.arange(messages.count + 1))
        return csr_matrix((values, columns, ends), shape=(messages.count, len(self.vocabulary)))
