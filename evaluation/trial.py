"""One task from its training to its figures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation import answers, bootstrap, contenders, folds, metrics, settings
from evaluation.answers import Answer
from evaluation.contenders import OURS
from evaluation.folds import Fold
from evaluation.layout import HOME
from evaluation.metrics import Answered
from evaluation.sets import Example, Examples
from evaluation.tasks import ALL, Task, spoilt
from scripts.commands import must
from scripts.console import Step
from scripts.fingerprint import trained_modules
from scripts.layout import BOT_PYTHON, REQUIREMENTS, ROOT
from scripts.stamps import fingerprint

Found = dict[str, Any]
FOLDS = HOME / "folds"
KEPT = 120  # answers of folds


def run(task: Task, names: Sequence[str]) -> Found:
    """Train and ask every contender; compare."""
    readings = {name: _Reading(task, name) for name in names}
    ours = readings[OURS]
    return {
        "task": task.name,
        "own": task.own,
        "train": len(task.train),
        "intents": len({example.intent for example in task.train}),
        "out_of_scope": task.out_of_scope,
        "contenders": {name: reading.told() for name, reading in readings.items()},
        "verdicts": [
            {"set": name, "against": other, **_verdict(task, answered, readings[other].sets[name])}
            for name, answered in ours.sets.items()
            for other in names
            if other != OURS
        ],
        "confusions": metrics.confusions(_counted(task, ours.sets[ALL])),
    }


def in_parts(task: Task) -> Found:
    """The learning curve without its end, and the voices left out."""
    curve, left_out = folds.learning(task.train, task.everything), folds.voices(task.train)
    answered = [
        Answered(fold.asked, said, task.out_of_scope)
        for fold, said in zip([*curve, *left_out], _work(task, [*curve, *left_out]), strict=True)
    ]
    found = [_of_fold(task, fold, one) for fold, one in zip([*curve, *left_out], answered, strict=True)]
    return {
        "curve": found[: len(curve)],
        "voices": found[len(curve) :],
        "fallback": _with_fallback(Answered.together(answered[len(curve) :])),
    }


class _Reading:
    """What one contender makes of a task."""

    def __init__(self, task: Task, name: str) -> None:
        self._task = task
        folder = contenders.ensure(name, task.train, task.chinese)
        self._noisy = spoilt(task.everything)
        texts = list(dict.fromkeys([e.text for e in task.everything] + [t for s in self._noisy.values() for _, t in s]))
        asked = contenders.ask(name, folder, texts, task.out_of_scope)
        self._by_text = dict(zip(texts, asked.answers, strict=True))
        self._cost = {"training": contenders.cost(folder), "memory_mb": asked.memory_mb}
        parts = {**task.asked, ALL: task.everything} if len(task.asked) > 1 else {ALL: task.everything}
        self.sets = {part: self._answered(examples, [e.text for e in examples]) for part, examples in parts.items()}

    def told(self) -> Found:
        """All figures."""
        everything = self.sets[ALL]
        return {
            **self._cost,
            **metrics.milliseconds(everything.answers),
            "sets": {name: metrics.figures(a, self._task.learns_out_of_scope) for name, a in self.sets.items()},
            "f1": metrics.f1_by_intent(_counted(self._task, everything)),
            "noise": {kind: self._under(rows) for kind, rows in self._noisy.items()},
        }

    def _answered(self, examples: Examples, texts: Sequence[str]) -> Answered:
        return Answered(examples, [self._by_text[text] for text in texts], self._task.out_of_scope)

    def _under(self, rows: Sequence[tuple[Example, str]]) -> Mapping[str, float | None]:
        """Of the examples that the noise changed: how many are understood without it and with it."""
        examples = [example for example, _ in rows]
        clean = _counted(self._task, self._answered(examples, [example.text for example in examples]))
        noisy = _counted(self._task, self._answered(examples, [text for _, text in rows]))
        return {"examples": float(len(clean.examples)), "clean": metrics.top(clean, 1), "noisy": metrics.top(noisy, 1)}


def _counted(task: Task, answered: Answered) -> Answered:
    return answered if task.learns_out_of_scope else answered.only(answered.in_scope())


def _verdict(task: Task, ours: Answered, theirs: Answered) -> Found:
    found = bootstrap.paired(_counted(task, ours).right(), _counted(task, theirs).right())
    return {"difference": found.mean, "low": found.low, "high": found.high, "verdict": found.verdict}


def _with_fallback(answered: Answered) -> Found:
    """All voices together, with the thresholds of the bot."""
    fallback = settings.component("FallbackClassifier")
    thresholds = fallback["threshold"], fallback["ambiguity_threshold"]
    return {"thresholds": thresholds, **metrics.with_fallback(answered, *thresholds)}


def _of_fold(task: Task, fold: Fold, answered: Answered) -> Found:
    in_scope = answered.only(answered.in_scope())
    figures = metrics.figures(answered, task.learns_out_of_scope)
    return {"name": fold.name, "train": len(fold.train), "in_scope_top3": metrics.top(in_scope, 3), **figures}


def _work(task: Task, work: Sequence[Fold]) -> list[list[Answer]]:
    """The answers of all folds; only those are trained that nobody has trained yet."""
    FOLDS.mkdir(parents=True, exist_ok=True)
    places = [FOLDS / f"{_key(fold)}.json" for fold in work]
    missing = [(fold, place) for fold, place in zip(work, places, strict=True) if not place.exists()]
    if missing:
        step = Step(f"Training on parts of the data, {len(missing)} times")
        jobs = HOME / "jobs.json"
        folds.write(jobs, missing, task.out_of_scope)
        command = [BOT_PYTHON, "-m", "evaluation.folds", jobs]
        must(command, "evaluate-folds", step, env=contenders.environment())
        step.done()
    found = [answers.read(place) for place in places]
    _forget_old(places)
    return found


def _key(fold: Fold) -> str:
    content = repr([(e.text, e.intent, e.voice) for e in fold.train] + [e.text for e in fold.asked])
    sources = [REQUIREMENTS / "bot.txt", ROOT / "evaluation" / "ours.py", *trained_modules(ROOT)]
    return fingerprint(sources, ROOT, content + repr(settings.bots()["pipeline"]))


def _forget_old(used: Sequence[Path]) -> None:
    for place in used:
        place.touch()
    by_age = sorted(FOLDS.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for place in by_age[KEPT:]:
        place.unlink()
