"""From a message to its intent: n-grams, a linear machine, honest confidences and a sense for strangers.

It is kept as plain numbers and JSON, never as a pickle: a model file must not be able to run code.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import softmax
from threadpoolctl import threadpool_limits

from bot.nlu.augmentation import NoisyCopies
from bot.nlu.calibration import fit_temperature, fold_of_each
from bot.nlu.features import NgramSpace, Tally, count_ngrams
from bot.nlu.linear_machine import LinearMachine
from bot.nlu.out_of_scope import OUT_OF_SCOPE, OutOfScope

# Raise it when what is kept, or how it is read, changes: an older model then says so instead of guessing.
FORMAT = 3
_NUMBERS, _NAMES = "numbers.npz", "names.json"


class UnreadableModel(Exception):
    """The files of a model are missing or of another version."""


@dataclass(frozen=True)
class Recipe:
    """How a model is trained."""

    penalty: float = 0.7
    epochs: int = 4
    min_count: int = 2
    noisy_copies: int = 1
    folds: int = 3
    dense_weight: float = 1.0
    seed: int = 7

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> "Recipe":
        """The recipe in a component's settings, which hold more besides."""
        return cls(**{field.name: config[field.name] for field in fields(cls)})


@dataclass(frozen=True)
class Reading:
    """What a message means: all intents best first, and how likely none of the service's own is meant."""

    ranking: list[tuple[str, float]]
    out_of_scope: float


def decided(reading: Reading, threshold: float) -> list[tuple[str, float]]:
    """The ranking with out of scope first from the threshold on, and never first below it.

    The confidences stay as they are, and so does the order of the rest: where another intent is as
    likely, the fallback after the classifier sees the doubt and offers topics.
    """
    strange = reading.out_of_scope >= threshold
    first = [guess for guess in reading.ranking if (guess[0] == OUT_OF_SCOPE) == strange][:1]
    return [*first, *(guess for guess in reading.ranking if guess not in first)]


class IntentModel:
    """Predicts an intent for a text; ``dense`` is what other components know about it, a row of numbers."""

    def __init__(
        self,
        space: NgramSpace,
        machine: LinearMachine,
        temperature: float,
        strangers: OutOfScope,
        dense: tuple[int, float] = (0, 1.0),
    ) -> None:
        """``dense`` is the width and the weight of the dense features it was trained with."""
        self._space = space
        self._machine = machine
        self._temperature = temperature
        self._strangers = strangers
        self._dense = dense

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        recipe: Recipe | None = None,
        *,
        groups: Sequence[str] | None = None,
        dense: np.ndarray | None = None,
    ) -> "IntentModel":
        """Learn from examples; the same examples and recipe give the same model.

        ``groups`` says whose words each example is: see `fold_of_each`.
        """
        recipe = recipe or Recipe()
        space, matrix, source = _matrix_with_copies(texts, recipe)
        if dense is not None:
            scaled = recipe.dense_weight * _to_length_one(dense)
            matrix = hstack([matrix, csr_matrix(scaled[source])], format="csr")
        labels_of_rows = np.array(labels)[source]
        settings = {"penalty": recipe.penalty, "epochs": recipe.epochs, "seed": recipe.seed}
        machine = LinearMachine.fit(matrix, labels_of_rows, **settings)
        folds = fold_of_each(len(texts), list(groups) if groups is not None else None, recipe.folds, recipe.seed)
        scores, truth = _out_of_fold(machine.labels, matrix, labels_of_rows, source, folds, settings)
        width = 0 if dense is None else dense.shape[1]
        return cls(
            space,
            machine,
            fit_temperature(scores, truth) if len(truth) else 1.0,
            OutOfScope.fit(machine.labels, scores, truth),
            (width, recipe.dense_weight),
        )

    def predict(self, text: str, dense: np.ndarray | None = None) -> list[tuple[str, float]]:
        """All intents with their confidences, best first; none when the text says nothing."""
        return self.read(text, dense).ranking

    def out_of_scope(self, text: str, dense: np.ndarray | None = None) -> float:
        """How likely the text is about nothing this service does (0 to 1)."""
        return self.read(text, dense).out_of_scope

    def read(self, text: str, dense: np.ndarray | None = None) -> Reading:
        """Both at once, for they are made of the same scores."""
        columns, values = self._space.vector(count_ngrams(text))
        if not columns:
            return Reading([], 0.0)
        width, weight = self._dense
        if width and dense is not None:
            columns = [*columns, *range(len(self._space.vocabulary), len(self._space.vocabulary) + width)]
            values = [*values, *(weight * _to_length_one(dense[None])[0])]
        confidences = self._confidences(self._machine.scores(columns, values))
        order = np.argsort(-confidences, kind="stable")
        ranking = [(self._machine.labels[place], float(confidences[place])) for place in order]
        return Reading(ranking, dict(ranking).get(OUT_OF_SCOPE, 0.0))

    def _confidences(self, scores: np.ndarray) -> np.ndarray:
        """First whether the message is out of scope, then which of the rest it would be.

        Where that could not be learnt, being out of scope is a label as any other.
        """
        strange = self._strangers.likelihood(scores)
        scores = scores.astype(float) / self._temperature
        if strange is None:
            return softmax(scores)
        # The rest by themselves: beside a very sure stranger their likelihoods would all be zero.
        column = self._machine.labels.index(OUT_OF_SCOPE)
        return np.insert((1 - strange) * softmax(np.delete(scores, column)), column, strange)

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        machine = self._machine
        np.savez_compressed(
            Path(folder) / _NUMBERS,
            weights=machine.weights,
            scales=machine.scales,
            bias=machine.bias,
            idf=self._space.idf,
        )
        names = {
            "format": FORMAT,
            "labels": machine.labels,
            "temperature": self._temperature,
            "out_of_scope": list(self._strangers.weights),
            "dense": self._dense,
            "rarest": self._space.rarest,
            "ngrams": list(self._space.vocabulary),
        }
        (Path(folder) / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Read what ``save`` wrote."""
        # A long message is just enough for a second thread to be woken, which then waits 30 ms at full speed for more.
        threadpool_limits(1, user_api="blas")
        try:
            names = json.loads((Path(folder) / _NAMES).read_text(encoding="utf-8"))
            if names.get("format") != FORMAT:
                raise UnreadableModel(
                    f"This model is of format {names.get('format', 1)}, this bot reads {FORMAT}: train it anew."
                )
            with np.load(Path(folder) / _NUMBERS, allow_pickle=False) as numbers:
                space = NgramSpace(names["ngrams"], numbers["idf"], names["rarest"])
                machine = LinearMachine(names["labels"], numbers["weights"], numbers["scales"], numbers["bias"])
        except (OSError, ValueError, KeyError) as error:
            raise UnreadableModel(f"The intent model in {folder} cannot be read ({error}): train it anew.") from error
        width, weight = names["dense"]
        strangers = OutOfScope(names["labels"], names["out_of_scope"])
        return cls(space, machine, names["temperature"], strangers, (width, weight))


def _matrix_with_copies(texts: Sequence[str], recipe: Recipe) -> tuple[NgramSpace, csr_matrix, np.ndarray]:
    """The vectors of the texts, then those of their noisy copies, and which text each row comes from."""
    clean = Tally(map(count_ngrams, texts))
    space = NgramSpace.learn(clean, recipe.min_count)
    noise = NoisyCopies(texts, recipe.seed)
    copies = [(copy, place) for place, text in enumerate(texts) for copy in noise.of(text, recipe.noisy_copies)]
    noisy = Tally(count_ngrams(copy) for copy, _ in copies)
    matrix = vstack([space.matrix(clean), space.matrix(noisy)], format="csr")
    return space, matrix, np.array([*range(len(texts)), *(place for _, place in copies)])


def _out_of_fold(
    labels: list[str],
    matrix: csr_matrix,
    labels_of_rows: np.ndarray,
    source: np.ndarray,
    folds: np.ndarray,
    settings: dict[str, float],
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of each example by a machine that did not see it, and the columns of the right labels.

    Machines train with noisy copies here too, for they widen the scores. A label which a fold lacks has no
    score there; its column stays at the worst, and examples of it say nothing.
    """
    scores, truth = [], []
    for fold in np.unique(folds):
        kept = folds[source] != fold
        if len(set(labels_of_rows[kept])) < 2:
            continue
        machine = LinearMachine.fit(matrix[kept], labels_of_rows[kept], **settings)
        held_back = np.flatnonzero((folds == fold) & np.isin(labels_of_rows[: len(folds)], machine.labels))
        scores_here = np.full((len(held_back), len(labels)), -1.0, dtype=np.float32)
        scores_here[:, [labels.index(label) for label in machine.labels]] = machine.matrix_scores(matrix[held_back])
        scores.append(scores_here)
        truth.append(np.array([labels.index(label) for label in labels_of_rows[held_back]], dtype=int))
    if not scores:
        return np.zeros((0, len(labels))), np.zeros(0, dtype=int)
    return np.concatenate(scores), np.concatenate(truth)


def _to_length_one(dense: np.ndarray) -> np.ndarray:
    """Rows of the same length, so that one weight fits them all."""
    return dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9)
