"""What a model makes of a sentence, as it is handed from process to process."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# So many of a ranking are kept: enough for the third place, and for the best intent in scope.
KEPT = 5


@dataclass(frozen=True)
class Answer:
    """Intents with their confidences, best first; how likely it is out of scope; how long it took."""

    ranking: Sequence[tuple[str, float]]
    out_of_scope: float
    seconds: float = 0.0

    @property
    def intent(self) -> str:
        """The best intent; "" where the model had none."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def confidence(self) -> float:
        """How sure the model is of it."""
        return self.ranking[0][1] if self.ranking else 0.0

    def among_first(self, intent: str, places: int) -> bool:
        """Whether the intent is one of the first so many."""
        return intent in [name for name, _ in self.ranking[:places]]


def of_ranking(ranking: Iterable[tuple[str, float]], label: str | None, seconds: float = 0.0) -> Answer:
    """The answer of a model without a score for what is out of scope: the score is what its best intent lacks."""
    ranked = [(str(intent), float(sure)) for intent, sure in ranking]
    best_in_scope = max((sure for intent, sure in ranked if intent != label), default=0.0)
    return Answer(ranked[:KEPT], 1 - best_in_scope, seconds)


def write(path: Path, answers: Iterable[Answer]) -> None:
    """Whole or not at all: what lies there is used again."""
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps([asdict(answer) for answer in answers], ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def read(path: Path) -> list[Answer]:
    """What `write` wrote."""
    return [
        Answer([(intent, sure) for intent, sure in row["ranking"]], row["out_of_scope"], row["seconds"])
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
