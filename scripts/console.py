"""What the launcher prints: plain lines, steps with progress, and one-line failures."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time

GREEN, RED, DIM = "32", "31", "2"
STILL_BUSY_EVERY = 20.0  # seconds between signs of life where lines cannot be redrawn


class Failure(Exception):
    """What a person can put right; its message is all they are shown."""


def is_terminal() -> bool:
    """Whether somebody looks at a screen that can redraw a line."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def colour(text: str, code: str) -> str:
    """The text in a colour, where colours are shown."""
    if not is_terminal() or "NO_COLOR" in os.environ:
        return text
    return f"\033[{code}m{text}\033[0m"


def say(text: str = "") -> None:
    """Print a line at once. Fails when nobody listens any more: then there is nothing left to run for."""
    print(text, flush=True)


def say_last(text: str) -> None:
    """Print while stopping: nothing may come in the way of that, no closed terminal either."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def complain(text: str) -> None:
    """Print why we stop."""
    with contextlib.suppress(OSError, ValueError):
        print(colour(text, RED), file=sys.stderr, flush=True)


class Step:
    """One piece of work on one line: its name, how long it has taken, what it is at."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._began = time.monotonic()
        self._shown = self._began
        self._redraws = is_terminal()

    def seconds(self) -> float:
        """How long the step has taken so far."""
        return time.monotonic() - self._began

    def tick(self, detail: str = "") -> None:
        """Show that the step is still at work."""
        line = f"  {self._label} … {self.seconds():.0f} s  {detail}".rstrip()
        if self._redraws:
            self._draw(line)
        elif time.monotonic() - self._shown > STILL_BUSY_EVERY:
            self._shown = time.monotonic()
            say(line)

    def done(self, detail: str = "") -> None:
        """Close the step's line."""
        self._close(colour("✓", GREEN), detail)

    def failed(self, detail: str = "") -> None:
        """Close the step's line, crossed."""
        self._close(colour("✗", RED), detail)

    def _close(self, mark: str, detail: str) -> None:
        if self._redraws:
            self._draw("")
        say(f"{mark} {self._label}  {colour(f'{self.seconds():.1f} s', DIM)}  {detail}".rstrip())

    @staticmethod
    def _draw(line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\033[K{line[:width]}", end="", flush=True)
