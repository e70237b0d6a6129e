"""What is to be measured: training data, and the sets that are asked of a model trained on it."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation import noise, sets
from evaluation.folds import part
from evaluation.sets import Example, Examples

OWN = "our own set"
ALL = "all together"
DIET_SHARE = 1 / 16  # of the training data; all of it takes stock DIET hours


@dataclass(frozen=True)
class Task:
    """One training and all sets that are asked of it; ``own`` if it is the bot's own training data."""

    name: str
    train: Examples
    asked: Mapping[str, Examples]
    out_of_scope: str | None
    own: bool

    @property
    def everything(self) -> list[Example]:
        """All sets together."""
        return [example for examples in self.asked.values() for example in examples]

    @property
    def learns_out_of_scope(self) -> bool:
        """Whether the training data shows what is out of scope."""
        return any(example.intent == self.out_of_scope for example in self.train)

    @property
    def chinese(self) -> bool:
        """Whether most of the training data is: stock Rasa has to be told."""
        hanzi = sum(any("\u4e00" <= c <= "\u9fff" for c in example.text) for example in self.train)
        return hanzi * 2 > len(self.train)


def chosen(files: str, out_of_scope: str | None) -> Iterator[Task]:
    """The bot's own set, or one task for each of the named files."""
    paths = [Path(word) for word in shlex.split(files)]
    if not paths:
        train = sets.training()
        yield Task(OWN, train, sets.held_apart(), _label(train, None), own=True)
    for path in paths:
        yield of_file(path, out_of_scope)


def of_file(path: Path, out_of_scope: str | None) -> Task:
    """A file with a training split is a task by itself; any other is asked of the bot."""
    splits = sets.read(path)
    train = splits.get("train") or (splits.get("dev", []) if "test" in splits else [])
    if train and "test" in splits:
        label = _label([*train, *splits["test"]], out_of_scope)
        return Task(path.stem, train, {"test": splits["test"]}, label, own=False)
    own, asked = sets.training(), [example for examples in splits.values() for example in examples]
    label, theirs = _label(own, None), _label(asked, out_of_scope)
    renamed = [replace(example, intent=label) if label and example.intent == theirs else example for example in asked]
    return Task(path.stem, own, {path.stem: renamed}, label, own=True)


def reduced(task: Task, share: float) -> Task:
    """The same questions after learning from so much of every intent."""
    return replace(
        task, name=f"{task.name}, learnt from {share:.1%} of the examples", train=part(task.train, share), own=False
    )


def spoilt(examples: Examples) -> dict[str, list[tuple[Example, str]]]:
    """For each kind of noise the examples that it changes, with what becomes of them."""
    return {
        kind: [(e, noisy) for e in examples if (noisy := noise.noisy(e.text, kind)) != e.text] for kind in noise.KINDS
    }


def _label(examples: Sequence[Example], told: str | None) -> str | None:
    return sets.out_of_scope_label({example.intent for example in examples}, told)
