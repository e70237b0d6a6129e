"""Answers that are picked from a list (`choices.yml`): by a button, or by saying them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.facts import fact
from actions.turn import Turn
from actions.values import Problem, Reading, Value, fold, is_lost

FROM_FACTS = {"violation_category": "violation_categories"}
# In a longer message a word of the list may be by the way.
SHORT = 12
UNSURE = "不清楚"


@dataclass(frozen=True)
class Choice:
    """One answer of a list."""

    zh: str
    en: str
    name: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[Any, dict[str, Any]]]:
    return YAML(typ="safe").load(Path(__file__).with_name("choices.yml").read_text(encoding="utf-8"))


def choices(kind: str) -> dict[Any, Choice]:
    """The list of that name: value to choice."""
    rows = _table()[kind]
    values = fact(FROM_FACTS[kind]) if kind in FROM_FACTS else rows
    return {value: _choice(value, rows.get(value, {})) for value in values}


def _choice(value: Any, row: dict[str, Any]) -> Choice:
    zh = row.get("zh", str(value))
    words = (str(value).lower(), *row.get("words", ()))
    return Choice(zh, row.get("en", zh), row.get("name", ""), words)


def find_choice(kind: str, text: str) -> str | None:
    """The answer a message mentions first; of two words at one place the longer."""
    text = fold(text).lower()
    mentions = [
        (text.find(word), -len(word), value)
        for value, choice in choices(kind).items()
        for word in choice.words
        if word in text and value != UNSURE
    ]
    return min(mentions)[2] if mentions else None


def read_choice(kind: str) -> Callable[[Turn], Reading]:
    """A reader of replies to the question for it."""

    def read(turn: Turn) -> Reading:
        if turn.chosen() in choices(kind):
            return Value(turn.chosen())
        found = find_choice(kind, turn.text)
        if not found and UNSURE in choices(kind) and is_lost(turn.text):
            return Value(UNSURE)
        return Value(found, sure=len(turn.text) <= SHORT) if found else Problem("choice")

    return read


def finder(kind: str) -> Callable[[Turn], str | None]:
    """A finder of it in a message that was not asked for it."""
    return lambda turn: find_choice(kind, turn.text)


def choice_label(kind: str, value: Any, locale: str) -> str:
    """A picked answer in the user's language; empty when there is none."""
    choice = choices(kind).get(value)
    if choice is None:
        return ""
    return choice.en if locale == "en" else choice.zh
