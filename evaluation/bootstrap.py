"""Whether one model is better than another, or a set like this one might just as well have said the opposite."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

SURE = 0.95
DRAWS = 9999
BATCH = 200  # draws held in memory at once


@dataclass(frozen=True)
class Difference:
    """How much larger ours is, and where 95 of 100 sets like this one would put that."""

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """In words."""
        if self.high < 0:
            return "significantly worse"
        return "significantly better" if self.low > 0 else "not significantly worse"


def paired(ours: np.ndarray, theirs: np.ndarray, seed: int = 0) -> Difference:
    """Both have a value for each of the same examples, in the same order; these are drawn anew together."""
    gains = ours.astype(float) - theirs.astype(float)
    if len(gains) < 2:
        return Difference(float(gains.sum()), -1.0, 1.0)  # one example tells nothing
    drawn = stats.bootstrap(
        (gains,),
        np.mean,
        n_resamples=DRAWS,
        batch=BATCH,
        confidence_level=SURE,
        method="percentile",
        vectorized=True,
        random_state=np.random.default_rng(seed),
    ).confidence_interval
    return Difference(float(gains.mean()), float(drawn.low), float(drawn.high))
