"""Turns the ways of being told to stop into one exception, so that every `finally` on the way out runs."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Iterator

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, kill, a closed terminal


class Stopped(BaseException):
    """Somebody asked us to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


class Starter:
    """Whoever started us. A `make` that leads its session, as over ssh, keeps it to itself when its terminal closes."""

    def __init__(self) -> None:
        self._parent = os.getppid()
        self._has_terminal = sys.stdout.isatty()

    def must_be_there(self) -> None:
        """Stop when the parent was killed, or its terminal closed, without our hearing of it."""
        if os.getppid() != self._parent or (self._has_terminal and not sys.stdout.isatty()):
            raise Stopped(signal.SIGHUP)


def obey() -> None:
    """From now on the first such signal raises Stopped."""
    for number in STOPPING:
        signal.signal(number, _raise)


@contextlib.contextmanager
def not_now() -> Iterator[None]:
    """Let cleaning up finish whatever else is pressed meanwhile."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, _frame: object) -> None:
    raise Stopped(number)
