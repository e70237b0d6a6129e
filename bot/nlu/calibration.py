"""Scores turned into confidences that say how often they are right."""

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

# Between these, as logarithms, lies any temperature that a machine's scores can ask for.
_COLDEST, _HOTTEST = -4.0, 2.0


def fit_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature under which the right labels are the likeliest.

    ``scores`` (a row for each example, a column for each label) must come from machines that had not
    seen the example; ``truth`` names its column.
    """

    def surprise(log_temperature: float) -> float:
        likelihoods = log_softmax(scores / np.exp(log_temperature), axis=1)
        return -likelihoods[np.arange(len(truth)), truth].mean()

    return float(np.exp(minimize_scalar(surprise, bounds=(_COLDEST, _HOTTEST), method="bounded").x))


def fold_of_each(count: int, groups: list[str] | None, folds: int, seed: int) -> np.ndarray:
    """Which fold holds each example back.

    Kinds of users (``groups``) are held back whole where there are enough of them: confidence is then
    honest about users nobody has heard before, not only about more from those who are known.
    """
    chance = np.random.default_rng(seed)
    if groups is None or len(set(groups)) < folds:
        return chance.permutation(count) % folds
    sizes = {name: groups.count(name) for name in sorted(set(groups))}
    filled, fold_of = [0] * folds, {}
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        fold_of[name] = filled.index(min(filled))
        filled[fold_of[name]] += sizes[name]
    return np.array([fold_of[name] for name in groups])
