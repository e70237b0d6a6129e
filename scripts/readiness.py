"""Waits until each part can do its work, or says which one cannot and what it said last."""

from __future__ import annotations

import time
import urllib.request
from typing import Iterable

from scripts.commands import shown, tail
from scripts.console import Failure, Step
from scripts.parts import Part
from scripts.supervisor import Supervisor

TRIES = 3  # a part that died this often while starting will not come up by waiting


def wait(parts: Iterable[Part], supervisor: Supervisor) -> None:
    """Return when all parts are ready."""
    step = Step("Starting")
    waiting = list(parts)
    starts: dict[str, set[int]] = {part.name: set() for part in waiting}
    while waiting:
        step.tick("waiting for " + ", ".join(part.name for part in waiting))
        _note_starts(starts, supervisor)
        waiting = [part for part in waiting if not is_ready(part)]
        _give_up_on(waiting, starts, step, supervisor)
        time.sleep(0.25)
    step.done("all parts are ready")


def is_ready(part: Part) -> bool:
    """Whether the part answers that it is."""
    try:
        # No proxy: what a machine uses to reach the outside must not stand between its own parts.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(part.ready_url, timeout=2) as answer:
            return answer.status == 200
    except (OSError, ValueError):
        return False


def _note_starts(starts: dict[str, set[int]], supervisor: Supervisor) -> None:
    for name, state in supervisor.states().items():
        if state["start"]:
            starts[name].add(state["start"])


def _give_up_on(waiting: list[Part], starts: dict[str, set[int]], step: Step, supervisor: Supervisor) -> None:
    for part in waiting:
        if len(starts[part.name]) > TRIES:
            reason = f"died {TRIES} times while starting"
        elif step.seconds() > part.ready_within:
            reason = f"was not ready within {part.ready_within:.0f} s"
        else:
            continue
        step.failed()
        log = supervisor.log_of(part)
        raise Failure(f"{tail(log)}\nThe part {part.name} {reason}; the whole log is {shown(log)}")
