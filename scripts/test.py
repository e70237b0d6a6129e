"""`make test`: runs the suites one after another, each with its own set-up, and counts what passed."""

from __future__ import annotations

import os
from typing import Sequence

from scripts import commands, environments, locks, reports
from scripts.console import Failure, Step, complain, say
from scripts.layout import LOGS
from scripts.reports import Result
from scripts.suites import REPORT, SUITES, Check, Suite

LIMIT = 20 * 60.0  # seconds for one check: longer than the slowest, shorter than anyone's patience


def main(*names: str) -> int:
    """Run the named suites, or all; the exit code tells whether everything passed."""
    suites = choose(" ".join(names).split())
    with locks.only_one("test"):
        return run_all(suites)


def run_all(suites: Sequence[Suite]) -> int:
    """Run every suite, whatever became of those before it, and count."""
    total = Result()
    for suite in suites:
        total.add(run(suite))
    say(f"{total.passed} passed, {len(total.failed)} failed")
    return 1 if total.failed else 0


def choose(names: list[str]) -> list[Suite]:
    """The suites with these names, or all of them for none."""
    known = {suite.name: suite for suite in SUITES}
    for name in names:
        if name not in known:
            raise Failure(f"There is no suite {name!r}; there are {', '.join(known)}.")
    return [known[name] for name in names or known]


def run(suite: Suite) -> Result:
    """Prepare and run one suite, and say in one line how it went."""
    result = Result()
    env = _prepared(suite)
    step = Step(suite.name)
    if env is None:
        result.failed.append(f"{suite.name}: set-up")
    else:
        for check in suite.checks:
            result.add(_run(check, suite, env, step))
    counts = f"{result.passed} passed, {len(result.failed)} failed"
    (step.failed if result.failed else step.done)(counts)
    return result


def _prepared(suite: Suite) -> dict[str, str] | None:
    env = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    try:
        with locks.one_after_another("setup"):
            environments.ensure_all()
            for need in suite.needs:
                need(env)
    except Failure as failure:
        complain(str(failure))
        return None
    return env


def _run(check: Check, suite: Suite, env: dict[str, str], step: Step) -> Result:
    log = f"test-{suite.name}" if len(suite.checks) == 1 else f"test-{suite.name}-{check.name}"
    report = LOGS / f"{log}.xml"
    if report.exists():
        report.unlink()
    command = [str(word).replace(REPORT, str(report)) for word in check.command]
    code = commands.run(command, log, step, cwd=check.folder, env=env, limit=step.seconds() + LIMIT)
    result = reports.read(report) if check.reports else Result(passed=int(code == 0))
    if not result.failed and (code != 0 or not result.passed):
        result.failed.append(f"{check.name}: exit {code}, {result.passed} passed")
    if result.failed:
        _explain(result, log)
    return result


def _explain(result: Result, log: str) -> None:
    path = commands.log_path(log)
    say("\n".join(f"FAILED {name}" for name in result.failed))
    say(f"{commands.tail(path, 40)}\nThe whole log is {commands.shown(path)}")
