"""Runs one outside command to its end: its output to a log, its progress to the screen, no orphan left behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from pathlib import Path
from typing import BinaryIO, Mapping, Sequence

from scripts.console import Failure, Step
from scripts.layout import LOGS, ROOT

TAIL = 15  # lines of a log shown when its command fails


def run(
    command: Sequence[object],
    log: str,
    step: Step,
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    limit: float | None = None,
) -> int:
    """Run the command, its output in var/log/<log>.log, and return its exit code."""
    path = log_path(log)
    with path.open("wb") as output:
        process = start(command, output, cwd=cwd, env=env)
        try:
            return _watch(process, path, step, limit)
        finally:
            end_group(process.pid)


def must(
    command: Sequence[object], log: str, step: Step, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run the command, and stop everything with its last words when it fails."""
    code = run(command, log, step, cwd=cwd, env=env)
    if code != 0:
        step.failed()
        raise Failure(f"{tail(log_path(log))}\nThat failed (exit {code}); the whole log is {shown(log_path(log))}")


def ask(command: Sequence[object], *, env: Mapping[str, str] | None = None) -> str:
    """What a short command of ours prints; stops everything with its complaint when it fails."""
    done = _capture(command, env, seconds=300)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Failure("\n".join(said[-TAIL:]) or f"{' '.join(map(str, command))} failed without a word.")
    return done.stdout.strip()


def answer(command: Sequence[object], *, seconds: float = 60) -> str | None:
    """What a short command prints, or nothing when it cannot be run or fails."""
    try:
        done = _capture(command, None, seconds)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def start(
    command: Sequence[object], output: BinaryIO, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start the command as leader of its own process group, so that all it starts can be ended with it."""
    try:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=str(cwd),
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise Failure(f"{command[0]} could not be started: {error.strerror}") from None


def end_group(group: int) -> None:
    """Kill what is left of a process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def log_path(log: str) -> Path:
    """The file in which a command's output is kept."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{log}.log"


def shown(path: Path) -> str:
    """A path as a person in the repository would type it."""
    return str(path.relative_to(ROOT)) if ROOT in path.parents else str(path)


def tail(path: Path, lines: int = TAIL) -> str:
    """The last lines of a log."""
    with contextlib.suppress(OSError):
        return "\n".join(_end_of(path).splitlines()[-lines:])
    return ""


def _capture(
    command: Sequence[object], env: Mapping[str, str] | None, seconds: float
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=str(ROOT),
        env=None if env is None else dict(env),
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def _watch(process: subprocess.Popen[bytes], path: Path, step: Step, limit: float | None) -> int:
    while True:
        try:
            return process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            step.tick(_last_line(path))
        if limit is not None and step.seconds() > limit:
            return 124  # what timeout(1) answers


def _last_line(path: Path) -> str:
    # Progress bars redraw their line with a carriage return: what stands after the last one is what is true now.
    lines = [line for line in _end_of(path).replace("\r", "\n").splitlines() if line.strip()]
    # Of a log's line, colours, date and logger are left out.
    return re.sub(r"\033\[\d*m", "", lines[-1]).split("  - ")[-1].strip() if lines else ""


def _end_of(path: Path, size: int = 8192) -> str:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - size))
        return file.read().decode("utf-8", "replace")
