"""When messages come whose senders know nothing of one another."""

import random
from collections.abc import Iterator


def poisson(rate: float, seconds: float, seed: int) -> Iterator[float]:
    """Moments of arrival, in seconds from the start: on average `rate` a second, each independent of the last."""
    chance = random.Random(seed)
    moment = chance.expovariate(rate)
    while moment < seconds:
        yield moment
        moment += chance.expovariate(rate)
