"""A message as weighted n-grams of what it looks like and what it sounds like (TF-IDF).

Characters survive a typo, pairs over a gap an inserted word, syllables a homophone or pinyin, initials
an abbreviation. Words from a segmenter are left out: one wrong character breaks them.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    return {
        CHARACTERS: Counter(_ngrams(CHARACTERS, marked)),
        GAPS: Counter(_pairs(GAPS, marked)),
        SYLLABLES: Counter(_ngrams(SYLLABLES, syllables(read))),
        INITIALS: Counter(_ngrams(INITIALS, initials(read))),
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
    def learn(cls, messages: Sequence[Counts], min_count: int) -> "NgramSpace":
        """A space of the n-grams which at least ``min_count`` of the messages have."""
        counts = Counter(ngram for message in messages for ngrams in message.values() for ngram in ngrams)
        kept = sorted(ngram for ngram, count in counts.items() if count >= min_count)
        idf = np.array([_idf(counts[ngram], len(messages)) for ngram in kept])
        return cls(kept, idf, _idf(1, len(messages)))

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

    def matrix(self, messages: Iterable[Counts]) -> csr_matrix:
        """One row a message."""
        columns, counts = array("i"), array("i")
        parts: list[tuple[int, int, int, float]] = []
        place = -1
        for place, message in enumerate(messages):
            for block, ngrams in message.items():
                before = len(columns)
                for ngram, count in ngrams.items():
                    if (column := self.vocabulary.get(ngram)) is not None:
                        columns.append(column)
                        counts.append(count)
                known = len(columns) - before
                parts.append((place, known, len(ngrams) - known, block.weight))
        return self._weigh(np.array(columns), np.array(counts), parts, place + 1)

    def _weigh(
        self, columns: np.ndarray, counts: np.ndarray, parts: list[tuple[int, int, int, float]], rows: int
    ) -> csr_matrix:
        """What ``vector`` does, for many messages at once: a part is (row, known, unseen, weight) of one block."""
        row, known, unseen, weight = np.array(parts).reshape(-1, 4).T
        part_of = np.repeat(np.arange(len(row)), known.astype(int))
        values = (1 + np.log(counts)) * self.idf[columns]
        norms = np.sqrt(np.bincount(part_of, values * values, minlength=len(row)) + unseen * self.rarest**2)
        values *= (weight / np.maximum(norms, 1e-9))[part_of]
        ends = np.concatenate([[0], np.cumsum(np.bincount(row.astype(int), known, minlength=rows))]).astype(np.int64)
        return csr_matrix((values, columns, ends), shape=(rows, len(self.vocabulary)))


def _idf(count: int, documents: int) -> float:
    return math.log((1 + documents) / (1 + count)) + 1
