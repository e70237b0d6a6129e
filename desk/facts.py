"""What an operator may change (`facts.yml`), read and checked at start.

`python -m desk.facts [FILE]` checks a file and prints one clear line when it is wrong.
"""

import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ZONE = ZoneInfo("Asia/Shanghai")


class Fact(BaseModel):
    """One fact with how sure it is (C confirmed, S second hand, D our default) and where it is from."""

    model_config = ConfigDict(extra="forbid")

    value: Any
    status: Literal["C", "S", "D"]
    source: str = Field(min_length=1)


class HumanHours(BaseModel):
    """When people answer, in the operator's time zone."""

    model_config = ConfigDict(extra="forbid")

    start: time
    end: time

    @model_validator(mode="after")
    def _in_order(self) -> "HumanHours":
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("hours are Beijing time and name no zone")
        if self.start >= self.end:
            raise ValueError("must start before they end")
        return self

    def contains(self, moment: datetime) -> bool:
        return self.start <= moment.astimezone(ZONE).time() < self.end

    def next_opening(self, moment: datetime) -> datetime:
        """The next time people begin to answer, strictly after `moment`."""
        local = moment.astimezone(ZONE)
        opening = datetime.combine(local.date(), self.start, tzinfo=ZONE)
        return opening if opening > local else opening + timedelta(days=1)


class Facts(BaseModel):
    """The facts the desk itself needs; the rest of the file is checked for its form only."""

    model_config = ConfigDict(extra="ignore")

    human_hours: HumanHours
    appeal_sla_workdays: int = Field(ge=1, le=60)
    hotline_whitelist: list[str] = Field(min_length=1)
    case_sla_by_priority: dict[str, float]

    @field_validator("case_sla_by_priority", mode="before")
    @classmethod
    def _in_hours(cls, value: Any) -> Any:
        if not isinstance(value, dict) or set(value) != {"urgent", "high", "normal", "low"}:
            raise ValueError("needs urgent, high, normal and low")
        return {name: _hours(text) for name, text in value.items()}


def _hours(text: Any) -> float:
    units = {"h": 1, "d": 24}
    text = str(text)
    if text[-1:] not in units or not text[:-1].isdigit() or int(text[:-1]) == 0:
        raise ValueError(f"{text!r} is no duration such as 2h or 3d")
    return float(int(text[:-1]) * units[text[-1]])


class FactsWrong(Exception):
    """The file cannot be used; the message says where and why, in one line."""


def load_facts(path: Path) -> Facts:
    """Read and check the file; FactsWrong with one line when it is wrong."""
    try:
        table = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise FactsWrong(f"{path}: cannot be read: {problem}") from None
    except YAMLError as problem:
        raise FactsWrong(f"{path}: {' '.join(str(problem).split())}") from None
    if not isinstance(table, dict):
        raise FactsWrong(f"{path}: must be a table of facts")
    try:
        values = {key: Fact.model_validate(row).value for key, row in table.items()}
        return Facts.model_validate(values)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = next((k for k, row in table.items() if _is_wrong(row)), None) or (first["loc"] or ("?",))[0]
        raise FactsWrong(f"{path}: {key}: {first['msg']}") from None


def _is_wrong(row: Any) -> bool:
    try:
        Fact.model_validate(row)
    except ValidationError:
        return True
    return False


if __name__ == "__main__":
    try:
        load_facts(Path(sys.argv[1] if len(sys.argv) > 1 else "facts.yml"))
    except FactsWrong as wrong:
        sys.exit(f"facts: {wrong}")
