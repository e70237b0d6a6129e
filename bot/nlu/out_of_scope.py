"""How likely a message is about nothing this service does.

The best label alone does not say: a stranger's best score is low, and so is a mumbled complaint's. So the
score for being out of scope and the best scores of what is in scope are weighed together, by how they fell
out for examples which the scoring machine had not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class OutOfScope:
    """The odds, as a weighted sum of what `_signs` tells; without weights there is nothing to tell by."""

    labels: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def fit(cls, labels: Sequence[str], scores: np.ndarray, truth: np.ndarray) -> "OutOfScope":
        """Learn from scores of unseen examples and the columns of their right labels."""
        labels = list(labels)
        strange = truth == labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else np.zeros(len(truth), bool)
        if len(labels) < 3 or len(set(strange)) < 2:
            return cls(labels, [])
        machine = LogisticRegression(C=10.0, max_iter=500).fit(_signs(labels, scores), strange)
        return cls(labels, [*machine.coef_[0].tolist(), float(machine.intercept_[0])])

    def likelihood(self, scores: np.ndarray) -> float | None:
        """Between 0 and 1, from the scores of one message; none where it could not be learnt."""
        if not self.weights:
            return None
        *weights, bias = self.weights
        return float(expit(_signs(self.labels, scores[None])[0] @ np.array(weights) + bias))


def _signs(labels: Sequence[str], scores: np.ndarray) -> np.ndarray:
    """The score for out of scope and the two best of the rest."""
    column = list(labels).index(OUT_OF_SCOPE)
    rest = np.sort(np.delete(scores, column, axis=1), axis=1)
    return np.column_stack([scores[:, column], rest[:, -1], rest[:, -2]])
