"""A linear support vector machine over n-grams whose scores are turned into honest confidences.

It is kept as plain numbers and JSON, never as a pickle: a model file must not be able to run code.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.nlu.augmentation import NoisyCopies
from bot.nlu.features import NgramSpace, count_ngrams

_NUMBERS, _NAMES = "numbers.npz", "names.json"
# One example in so many is held back to see how far scores can be trusted.
_HELD_BACK = 4
# Coarser than scikit-learn's own: a third of the time, the same predictions.
_TOLERANCE = 1e-2


@dataclass(frozen=True)
class Recipe:
    """How a model is trained."""

    penalty: float
    min_count: int
    noisy_copies: int
    seed: int


class IntentModel:
    """Predicts a label for a text."""

    def __init__(
        self, space: NgramSpace, labels: Sequence[str], weights: np.ndarray, bias: np.ndarray, temperature: float
    ) -> None:
        """``weights`` has a row for each n-gram and a column for each label."""
        self._space = space
        self._labels = list(labels)
        self._weights = weights
        self._bias = bias
        self._temperature = temperature

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], recipe: Recipe) -> "IntentModel":
        """Learn from examples; the same examples and recipe give the same model."""
        clean = [count_ngrams(text) for text in texts]
        space = NgramSpace.learn(clean, recipe.min_count)
        noise = NoisyCopies(texts, recipe.seed)
        copies = [(copy, place) for place, text in enumerate(texts) for copy in noise.of(text, recipe.noisy_copies)]
        matrix = space.matrix([*clean, *(count_ngrams(copy) for copy, _ in copies)])
        source = np.array([*range(len(texts)), *(place for _, place in copies)])
        machine = LinearSVC(C=recipe.penalty, tol=_TOLERANCE, random_state=recipe.seed)
        temperature = _fit_temperature(machine, matrix, np.array(labels), source, recipe.seed)
        machine.fit(matrix, np.array(labels)[source])
        return cls(space, machine.classes_, *_a_column_each(machine), temperature)

    def predict(self, text: str) -> list[tuple[str, float]]:
        """All labels with their confidences, best first; none when the text says nothing."""
        columns, values = self._space.vector(count_ngrams(text))
        if not columns:
            return []
        scores = np.array(values, dtype=np.float32) @ self._weights[columns] + self._bias
        confidences = softmax(scores / self._temperature)
        order = np.argsort(-confidences, kind="stable")
        return list(zip((self._labels[place] for place in order), confidences[order].tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        np.savez_compressed(
            folder / _NUMBERS,
            weights=self._weights,
            bias=self._bias,
            idf=self._space.idf,
            rarest=self._space.rarest,
            temperature=self._temperature,
        )
        names = {"labels": self._labels, "ngrams": list(self._space.vocabulary)}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Read what ``save`` wrote."""
        # A long message is just enough for a second thread to be woken, which then waits 30 ms at full speed for more.
        threadpool_limits(1, user_api="blas")
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _NUMBERS, allow_pickle=False) as numbers:
            space = NgramSpace(names["ngrams"], numbers["idf"], float(numbers["rarest"]))
            return cls(space, names["labels"], numbers["weights"], numbers["bias"], float(numbers["temperature"]))


def _a_column_each(machine: LinearSVC) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias for each label (for two labels the machine keeps only one of them)."""
    weights, bias = machine.coef_.T, machine.intercept_
    if len(machine.classes_) == 2:
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights.astype(np.float32), bias.astype(np.float32)


def _fit_temperature(
    machine: LinearSVC, matrix: csr_matrix, labels: np.ndarray, source: np.ndarray, seed: int
) -> float:
    """The temperature under which the right labels of examples held back are the likeliest.

    ``source`` names the example which each row of the matrix is (first) or is a noisy copy of. The
    machine is trained with copies here too, for they widen its scores.
    """
    held_back = np.random.default_rng(seed).permutation(len(labels)) % _HELD_BACK == 0
    kept = ~held_back[source]
    machine.fit(matrix[kept], labels[source[kept]])
    weights, bias = _a_column_each(machine)
    known = np.flatnonzero(held_back & np.isin(labels, machine.classes_))
    scores = matrix[known] @ weights + bias
    truth = np.searchsorted(machine.classes_, labels[known])

    def surprise(log_temperature: float) -> float:
        likelihoods = log_softmax(scores / np.exp(log_temperature), axis=1)
        return -likelihoods[np.arange(len(truth)), truth].mean()

    return float(np.exp(minimize_scalar(surprise, bounds=(-4, 2), method="bounded").x))
