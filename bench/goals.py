"""What the figures are to reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figures
from bench.rounds import Results, capacity
from bench.talks import LOOK_UP, PLAIN

ACKNOWLEDGED_MS = 10
GROWTH = 1.3
TIMES_STOCK = 4


@dataclass(frozen=True)
class Goal:
    """A wish, what became of it, and whether that will do; None where no more than the figure is wanted."""

    wish: str
    found: str
    reached: bool | None

    def __str__(self) -> str:
        verdict = {True: "reached", False: "MISSED", None: "no goal"}[self.reached]
        return f"- {verdict}: {self.wish}: {self.found}"


def judged(results: Results) -> Sequence[Goal]:
    """Every goal, with the figures held against it."""
    ours, stock = results["ours"], results["stock"]
    plain, look_up = (capacity(ours, talk) / capacity(stock, talk) for talk in (PLAIN, LOOK_UP))
    return (
        _acknowledgement(ours["arriving"]),
        _growth(ours["length"]),
        Goal(f"at least {TIMES_STOCK} times stock's plain turns a second", f"{plain:.1f}", plain >= TIMES_STOCK),
        Goal("the same for turns with a look-up", f"{look_up:.1f}", None),
    )


def _acknowledgement(arriving: Figures) -> Goal:
    found = arriving["acknowledged_p95"]
    wish = f"p95 of the acknowledgement at half of what the service can do is {ACKNOWLEDGED_MS} ms or less"
    return Goal(wish, f"{found:.1f} ms", found <= ACKNOWLEDGED_MS)


def _growth(length: Figures) -> Goal:
    found = length["turn_1000"] / length["turn_10"]
    wish = f"turn 1,000 of a conversation takes at most {GROWTH} times as long as turn 10"
    return Goal(wish, f"{found:.2f} times", found <= GROWTH)
