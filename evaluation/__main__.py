"""`python -m evaluation`, started by `make evaluate`: measure, print the report, keep the figures."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
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
from scripts.console import Failure, say
from scripts.layout import ROOT

DOCS = ROOT / "docs"


def main(settings: Mapping[str, str] = os.environ) -> None:
    """Everything, in the foreground."""
    files, quick = settings.get("FILE", ""), bool(settings.get("QUICK"))
    if quick and not files and settings.get("WRITE"):
        raise Failure("QUICK leaves out what the written report must hold: WRITE only without it.")
    chosen = list(tasks.chosen(files, settings.get("OUT_OF_SCOPE")))
    begun, where = datetime.now().isoformat(timespec="seconds"), machine.described()
    with locks.only_one("evaluate"):
        tasks_found = [found for task in chosen for found in _measured(task, settings)]
    found = {"at": begun, "machine": where, "tasks": tasks_found}
    kept = [_keep(HOME / f"{begun.replace(':', '')}.json", found)]
    if settings.get("WRITE"):
        # Other people's sentences are theirs: of their sets the figures are kept only.
        kept.append(_write(DOCS / ("datasets.md" if files else "understanding.md"), found, quoting=not files))
    say()
    say(report.text(found))
    say(f"Kept: {', '.join(map(shown, kept))}")


def _measured(task: Task, settings: Mapping[str, str]) -> Iterator[Found]:
    """Stock DIET learns from our own set only, and from a part of that: all of it takes it hours."""
    found = trial.run(task, [OURS, LOGISTIC])
    yield {**found, **trial.in_parts(task)} if task.name == tasks.OWN else found
    if task.own and not settings.get("QUICK"):
        share = float(settings.get("DIET_SHARE") or tasks.DIET_SHARE)
        yield trial.run(tasks.reduced(task, share), [OURS, LOGISTIC, DIET])


def _keep(path: Path, found: Found) -> Path:
    """All figures."""
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _write(path: Path, found: Found, quoting: bool) -> Path:
    """The report."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(report.text(found, quoting), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(carefully(main))
