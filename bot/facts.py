"""What an operator may change (`facts.yml`), as the sentences of the bot use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


class FactsWrong(ValueError):
    """The facts cannot be used; the message says where and why, in one line."""


@dataclass(frozen=True)
class Fact:
    """A value with how sure it is (C confirmed, S second hand, D our default) and where it is from."""

    value: Any
    status: str
    source: str

    @property
    def needs_caveat(self) -> bool:
        """Is it a term or a number that we only believe? A list of numbers to call promises nothing."""
        return self.status != "C" and not isinstance(self.value, list)

    def in_words(self, locale: str) -> str:
        """The value as a part of a sentence."""
        return _in_words(self.value, locale)


def _in_words(value: Any, locale: str) -> str:
    if isinstance(value, list):
        return ("、" if locale == "zh" else ", ").join(_in_words(item, locale) for item in value)
    if isinstance(value, dict) and "zh" in value:
        words = value.get(locale, value["zh"])
        return f"{words} {value['number']}" if "number" in value else words
    if isinstance(value, dict) and {"start", "end"} <= set(value):
        return f"{value['start']}–{value['end']}"
    return str(value)


def read_facts(path: Path) -> dict[str, Fact]:
    """The facts of a file that passed the check."""
    try:
        table = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except YAMLError as problem:
        raise FactsWrong(" ".join(str(problem).split())) from None
    problem = problem_in(table)
    if problem:
        raise FactsWrong(problem)
    return {key: Fact(**row) for key, row in table.items()}


def problem_in(table: Any) -> str | None:
    """The first thing wrong with a table of facts, in one line; None when it can be used."""
    if not isinstance(table, Mapping):
        return "must be a table of facts"
    problems = (f"{key}: {problem}" for key, row in table.items() if (problem := _problem_in_row(row)))
    return next(problems, None) or _problem_in_hotlines(table)


def _problem_in_row(row: Any) -> str | None:
    if not isinstance(row, Mapping) or set(row) != {"value", "status", "source"}:
        return "needs exactly a value, a status and a source"
    if row["status"] not in {"C", "S", "D"}:
        return f"the status must be C, S or D, not {row['status']!r}"
    return None if row["source"] else "the source must not be empty"


def _problem_in_hotlines(table: Mapping[str, Any]) -> str | None:
    hotlines = table.get("hotline_whitelist", {}).get("value")
    if not isinstance(hotlines, list) or not all(isinstance(number, str) for number in hotlines):
        return "hotline_whitelist: must be a list of numbers in quotes"
    return None
