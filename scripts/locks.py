"""Sees to it that one thing is done by one launcher at a time in this folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Iterator, TextIO

from scripts.console import Failure, say
from scripts.layout import VAR


@contextlib.contextmanager
def only_one(name: str, folder: Path = VAR) -> Iterator[None]:
    """Hold the lock, or stop when another launcher holds it."""
    with _open(name, folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise Failure(f"`make {name}` is already running in this folder (process {file.read().strip()}).") from None
        _sign(file)
        yield


@contextlib.contextmanager
def one_after_another(name: str, folder: Path = VAR) -> Iterator[None]:
    """Hold the lock, waiting for another launcher to let it go."""
    with _open(name, folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up is at work in this folder; waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _open(name: str, folder: Path) -> TextIO:
    # The system lets the lock go when its process ends, however it ends; the file stays and means nothing.
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{name}.lock").open("a+")


def _sign(file: TextIO) -> None:
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
