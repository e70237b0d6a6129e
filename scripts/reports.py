"""Reads what a test runner reports in JUnit's format. A skipped test is one that did not pass."""

from __future__ import annotations

import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path

NOT_PASSED = ("failure", "error", "skipped")


@dataclass
class Result:
    """How many tests passed, and which did not."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, other: Result) -> None:
        """Count another result in."""
        self.passed += other.passed
        self.failed += other.failed


def read(path: Path) -> Result:
    """The result in a report; a missing or empty one counts as nothing at all."""
    result = Result()
    if path.exists() and path.stat().st_size:
        for case in xml.parse(str(path)).iter("testcase"):
            _count(case, result)
    return result


def _count(case: xml.Element, result: Result) -> None:
    kinds = [child.tag for child in case if child.tag in NOT_PASSED]
    if not kinds:
        result.passed += 1
        return
    place = case.get("classname", "")
    result.failed.append(f"{place}: {case.get('name')}" + (" (skipped)" if kinds == ["skipped"] else ""))
