"""How much more data would help, and how well a kind of user is understood whom the bot has never met.

Both train the model many times on parts of the data. `python -m evaluation.folds JOBS` does that in processes of their
own, as many at once as there are cores; what was once found for the same content is found again.
"""

import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation import answers
from evaluation.answers import Answer
from evaluation.sets import Example, Examples
from scripts.console import say

if TYPE_CHECKING:
    from evaluation.ours import Ours

SHARES = (0.25, 0.5, 0.75)  # the whole is the model itself
SEED = 4


@dataclass(frozen=True)
class Fold:
    """What to learn from and what to ask then."""

    name: str
    train: Examples
    asked: Examples


def learning(train: Examples, asked: Examples) -> list[Fold]:
    """Growing parts of the training data, each holding the one before."""
    return [Fold(f"{share:.0%}", part(train, share), asked) for share in SHARES]


def part(examples: Examples, share: float, seed: int = SEED) -> list[Example]:
    """So much of every intent, one example at least."""
    shuffled = random.Random(seed).sample(list(examples), len(examples))
    by_intent: dict[str, list[Example]] = {}
    for example in shuffled:
        by_intent.setdefault(example.intent, []).append(example)
    return [e for of_one in by_intent.values() for e in of_one[: max(1, round(share * len(of_one)))]]


def voices(examples: Examples) -> list[Fold]:
    """Each voice asked of a model that has heard all the others."""
    return [
        Fold(voice, [e for e in examples if e.voice != voice], [e for e in examples if e.voice == voice])
        for voice in sorted({e.voice for e in examples})
    ]


def write(path: Path, jobs: Sequence[tuple[Fold, Path]], out_of_scope: str | None) -> None:
    """Work for the process that this module is, each piece with the file its answers go to."""
    rows = [
        {
            "name": fold.name,
            "train": [(example.text, example.intent, example.voice) for example in fold.train],
            "asked": [example.text for example in fold.asked],
            "out_of_scope": out_of_scope,
            "to": str(to),
        }
        for fold, to in jobs
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _done(job: dict[str, Any]) -> str:
    from evaluation.ours import Ours  # only here: it brings all of Rasa, once in each process

    texts, intents, spoken_by = zip(*job["train"], strict=True)
    ours = Ours.trained(texts, intents, spoken_by, job["out_of_scope"])
    answers.write(Path(job["to"]), _answers(ours, job["asked"]))
    return str(job["name"])


def _answers(ours: "Ours", texts: Sequence[str]) -> Iterator[Answer]:
    for text in texts:
        ranking, strange = ours.read(text)
        yield Answer(ranking[: answers.KEPT], strange)


def main(path: Path) -> None:
    """Do all of the work, two or more pieces side by side."""
    jobs = json.loads(path.read_text(encoding="utf-8"))
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("spawn")) as pool:
        for number, name in enumerate(pool.map(_done, jobs), 1):
            say(f"{number} of {len(jobs)} trainings, the last: {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
