"""From many times to the few figures that are shown."""

import math
from collections.abc import Mapping, Sequence
from statistics import median

Figures = dict[str, float]

SHARES = (50, 95, 99)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` percent of all values do not exceed."""
    rank = math.ceil(len(values) * share / 100)
    return sorted(values)[max(rank, 1) - 1]


def spread(name: str, values: Sequence[float]) -> Figures:
    """p50, p95 and p99 under names that begin with `name`."""
    return {f"{name}_p{share}": percentile(values, share) for share in SHARES}


def medians(rounds: Sequence[Mapping[str, float]]) -> Figures:
    """The median of each figure over the rounds that have it."""
    names = dict.fromkeys(name for figures in rounds for name in figures)
    return {name: median(figures[name] for figures in rounds if name in figures) for name in names}
