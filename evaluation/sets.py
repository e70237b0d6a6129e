"""Labelled sentences: what the bot learns from, what is held apart from it, and files of other people."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from scripts.console import Failure
from scripts.layout import ROOT

TRAINING = ROOT / "data" / "nlu"
HELD_APART = ROOT / "tests" / "nlu"
SPLITS = {"": "", "train": "train", "dev": "dev", "val": "dev", "valid": "dev", "test": "test"}
# What the files we know call a message that is none of the bot's business.
OUT_OF_SCOPE = frozenset({"out_of_scope", "oos", "NO_NODES_DETECTED"})


@dataclass(frozen=True)
class Example:
    """A sentence, what is meant by it, and what kind of person says it."""

    text: str
    intent: str
    voice: str = ""


Examples = Sequence[Example]


def training(folder: Path = TRAINING) -> list[Example]:
    """The examples that the bot learns from."""
    blocks = [block for path in sorted(folder.glob("*.yml")) for block in YAML(typ="safe").load(path)["nlu"]]
    return [
        Example(line.removeprefix("- "), block["intent"], (block.get("metadata") or {}).get("voice", ""))
        for block in blocks
        if "intent" in block
        for line in block["examples"].splitlines()
    ]


def held_apart(folder: Path = HELD_APART) -> dict[str, list[Example]]:
    """The sentences that nobody may learn from, by file."""
    return {path.stem: [example for _, example in _lines_of(path)] for path in sorted(folder.glob("*.tsv"))}


def read(path: Path) -> dict[str, list[Example]]:
    """The examples of a labelled file by split; "" is the split of those that name none."""
    if not path.is_file():
        raise Failure(f"There is no file {path}.")
    splits: dict[str, list[Example]] = defaultdict(list)
    for split, example in _rows_of(path) if path.suffix == ".jsonl" else _lines_of(path):
        splits[split].append(example)
    if not splits:
        raise Failure(f"{path} has no sentences.")
    return dict(splits)


def out_of_scope_label(intents: Iterable[str], chosen: str | None = None) -> str | None:
    """The intent that means out of scope: the chosen one, else one that is known to mean it, else none."""
    return chosen or next(iter(sorted(OUT_OF_SCOPE & set(intents))), None)


def by_intent(examples: Iterable[Example]) -> Mapping[str, list[str]]:
    """The sentences of each intent."""
    found: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        found[example.intent].append(example.text)
    return found


def _lines_of(path: Path) -> Iterator[tuple[str, Example]]:
    for number, line in _numbered(path):
        text, tab, intent = line.rpartition("\t")
        if not (tab and text.strip() and intent.strip()):
            raise Failure(f"{path}, line {number}: not a sentence, a tab and an intent.")
        yield "", Example(text, intent.strip())


def _rows_of(path: Path) -> Iterator[tuple[str, Example]]:
    for number, line in _numbered(path):
        try:
            row = json.loads(line)
            yield SPLITS[row.get("split") or ""], Example(_whole(str(row["text"])), str(row["intent"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Failure(
                f"{path}, line {number}: not an object with text, intent and, if any, split (train, dev or test)."
            ) from None


def _whole(text: str) -> str:
    """Without half surrogates, which JSON can hold, and no file or screen."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that say something; only line feeds part them, for a sentence may hold other breaks."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")
