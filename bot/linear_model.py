"""A linear support vector machine over n-grams whose scores are turned into honest confidences.

It is kept as plain numbers and JSON, never as a pickle: a model file must not be able to run code.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from bot.ngrams import NgramSpace
from bot.noise import NoisyCopies

_NUMBERS, _NAMES = "numbers.npz", "names.json"
_FOLDS = 3


@dataclass(frozen=True)
class Recipe:
    """How a model is trained."""

    penalty: float
    min_count: int
    noisy_copies: int
    seed: int


class LinearModel:
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
    def train(cls, texts: Sequence[str], labels: Sequence[str], recipe: Recipe) -> "LinearModel":
        """Learn from examples; the same examples and recipe give the same model."""
        space = NgramSpace.learn(texts, recipe.min_count)
        machine = LinearSVC(C=recipe.penalty, random_state=recipe.seed)
        clean = space.matrix(texts)
        temperature = _fit_temperature(machine, clean, np.array(labels), recipe.seed)
        copies = NoisyCopies(texts, recipe.seed)
        noisy = [(copy, label) for text, label in zip(texts, labels) for copy in copies.of(text, recipe.noisy_copies)]
        machine.fit(space.matrix([*texts, *(copy for copy, _ in noisy)]), [*labels, *(label for _, label in noisy)])
        weights, bias = _a_column_each(machine)
        return cls(space, machine.classes_, weights, bias, temperature)

    def predict(self, text: str) -> list[tuple[str, float]]:
        """All labels with their confidences, best first; none when the text has nothing the model knows."""
        columns, values = self._space.vector(text)
        if not len(columns):
            return []
        scores = values @ self._weights[columns] + self._bias
        confidences = softmax(scores / self._temperature)
        return [(self._labels[place], float(confidences[place])) for place in np.argsort(-confidences, kind="stable")]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        np.savez_compressed(
            folder / _NUMBERS, weights=self._weights, bias=self._bias, idf=self._space.idf,
            rarest=self._space.rarest, temperature=self._temperature,
        )
        names = {"labels": self._labels, "ngrams": list(self._space.vocabulary)}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read what ``save`` wrote."""
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


def _fit_temperature(machine: LinearSVC, matrix, labels: np.ndarray, seed: int) -> float:
    """The temperature under which scores of examples not trained on are the likeliest."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    scores = cross_val_predict(machine, matrix, labels, cv=folds, method="decision_function")
    if scores.ndim == 1:
        scores = np.stack([-scores, scores], axis=1)
    truth = np.searchsorted(np.unique(labels), labels)

    def surprise(log_temperature: float) -> float:
        likelihoods = log_softmax(scores / np.exp(log_temperature), axis=1)
        return -likelihoods[np.arange(len(truth)), truth].mean()

    return float(np.exp(minimize_scalar(surprise, bounds=(-4, 2), method="bounded").x))
