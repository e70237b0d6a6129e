"""`python -m evaluation`, started by `make evaluate`: measure, print the report, keep the figures."""

import json
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from evaluation import machine, report, tasks, trial
from evaluation.contenders import DIET, LOGISTIC, OURS
from evaluation.layout import HOME
from evaluation.tasks import Task
from evaluation.trial import Found
from scripts import locks
from scripts.__main__ import carefully
from scripts.commands import shown
from scripts.console import say
from scripts.layout import ROOT

DOCS = ROOT / "docs"


def main(settings: Mapping[str, str] = os.environ) -> None:
    """Everything, in the foreground."""
    files, quick = settings.get("FILE", ""), bool(settings.get("QUICK"))
    chosen = list(tasks.chosen(files, settings.get("OUT_OF_SCOPE")))
    with locks.only_one("evaluate"):
        found = {
            "at": datetime.now().isoformat(timespec="seconds"),
            "machine": machine.described(),
            "tasks": [_measure(task, quick) for task in chosen],
        }
    _tell(found)
    if settings.get("WRITE"):
        _write(DOCS / ("datasets.md" if files else "understanding.md"), found)


def _measure(task: Task, quick: bool) -> Found:
    """Stock DIET reads our own set only: elsewhere it takes hours."""
    names = [OURS, LOGISTIC, *([DIET] if task.own and not quick else [])]
    found = trial.run(task, names)
    return {**found, **trial.in_parts(task)} if task.name == tasks.OWN else found


def _tell(found: Found) -> None:
    path = HOME / f"{found['at'].replace(':', '')}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8", errors="backslashreplace")
    say()
    say(report.text(found))
    say(f"All figures: {shown(path)}")


def _write(path: Path, found: Found) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(report.text(found), encoding="utf-8")
    say(f"Written to {shown(path)}")


if __name__ == "__main__":
    sys.exit(carefully(main))
