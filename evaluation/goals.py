"""What the figures are to reach."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import mean
from typing import Any

from evaluation.contenders import DIET, OURS
from evaluation.tasks import ALL

Found = Mapping[str, Any]
# Figure, its name, and the least that is wanted of it.
AT_LEAST = (
    ("top1", "top-1", 0.93),
    ("top3", "top-3", 0.98),
    ("macro_f1", "macro-F1", 0.92),
    ("out_of_scope_recall", "recall out of scope with 95 % in scope kept", 0.80),
)
CALIBRATION_ERROR = 0.04
VOICES_MEAN, VOICES_WORST = 0.88, 0.80
LOST_TO_NOISE = 0.06
PARSE_MS = 2.0
SHARE_OF_DIETS_TRAINING, SHARE_OF_DIETS_PARSE = 0.1, 0.25


@dataclass(frozen=True)
class Goal:
    """A wish, what became of it, and whether that will do."""

    wish: str
    found: str
    reached: bool

    def __str__(self) -> str:
        return f"- {'reached' if self.reached else 'MISSED'}: {self.wish}: {self.found}"


def judged(found: Found) -> list[Goal]:
    """Every goal that the figures say something about."""
    goals = list(_comparison(found["verdicts"]))
    if found["own"]:
        goals = [*_understanding(found), *goals, *_speed(found["contenders"][OURS])]
    return [*goals, *_beside_diet(found["contenders"])]


def _understanding(found: Found) -> Iterator[Goal]:
    ours = found["contenders"][OURS]
    figures = ours["sets"][ALL]
    for name, shown, least in AT_LEAST:
        if figures[name] is not None:
            yield Goal(f"{shown} of {least:.0%} or more", f"{figures[name]:.1%}", figures[name] >= least)
    error = figures["calibration_error"]
    yield Goal(f"calibration error of {CALIBRATION_ERROR:.0%} or less", f"{error:.1%}", error <= CALIBRATION_ERROR)
    yield from _voices(found.get("voices", ()))
    yield from (_noise(kind, row) for kind, row in ours["noise"].items() if row["examples"])


def _voices(voices: list[Found]) -> Iterator[Goal]:
    tops = {voice["name"]: voice["in_scope_top1"] for voice in voices if voice["in_scope_top1"] is not None}
    if tops:
        average, worst = mean(tops.values()), min(tops, key=lambda name: tops[name])
        wish = "top-1 in scope of a voice left out"
        yield Goal(f"{wish}, on average {VOICES_MEAN:.0%} or more", f"{average:.1%}", average >= VOICES_MEAN)
        lowest = tops[worst]
        yield Goal(f"{wish}, at worst {VOICES_WORST:.0%}", f"{lowest:.1%} ({worst})", lowest >= VOICES_WORST)


def _noise(kind: str, row: Found) -> Goal:
    lost = row["clean"] - row["noisy"]
    return Goal(f"at most {LOST_TO_NOISE:.0%} lost to {kind}", f"{lost:.1%}", lost <= LOST_TO_NOISE)


def _comparison(verdicts: list[Found]) -> Iterator[Goal]:
    for other in dict.fromkeys(verdict["against"] for verdict in verdicts):
        rows = [verdict for verdict in verdicts if verdict["against"] == other]
        worse = [row["set"] for row in rows if row["high"] < 0]
        shown = f"significantly worse on {', '.join(worse)}" if worse else f"on none of {len(rows)}"
        yield Goal(f"on no set significantly worse than {other}", shown, not worse)


def _speed(ours: Found) -> Iterator[Goal]:
    parse = ours["parse_p50_ms"]
    yield Goal(f"p50 of a parse is {PARSE_MS:.0f} ms or less", f"{parse:.2f} ms", parse <= PARSE_MS)


def _beside_diet(contenders: Found) -> Iterator[Goal]:
    ours, diet = contenders[OURS], contenders.get(DIET)
    if diet:
        share = ours["parse_p50_ms"] / diet["parse_p50_ms"]
        yield Goal("a parse takes a quarter of DIET's time or less", f"{share:.2f}", share <= SHARE_OF_DIETS_PARSE)
        share = ours["training"]["cpu_seconds"] / diet["training"]["cpu_seconds"]
        yield Goal(
            "training takes a tenth of DIET's processor time or less", f"{share:.2f}", share <= SHARE_OF_DIETS_TRAINING
        )
