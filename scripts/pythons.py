"""Finds the Python interpreters on this machine."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path
from typing import Callable, Iterator, Tuple

from scripts.commands import answer

Version = Tuple[int, ...]
NAMES = ["python3", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14"]


def find(fits: Callable[[Version], bool]) -> Path | None:
    """Of the interpreters that really run and fit, the one of the oldest minor version: the pins were made for it."""
    found = [known for known in map(interpreter, candidates()) if known and fits(known[0])]
    if not found:
        return None
    _, path = min(found, key=lambda known: (known[0][:2], -known[0][2]))
    return path


def candidates() -> Iterator[Path]:
    """Every place where an interpreter may be: the PATH, then pyenv's versions, then the one that runs this."""
    seen = set()
    for path in [*_on_path(), *_in_pyenv(), Path(sys.executable)]:
        if path not in seen and path.exists():
            seen.add(path)
            yield path


def interpreter(path: Path) -> tuple[Version, Path] | None:
    """Version and true path of an interpreter; nothing when it does not run, as a pyenv shim without its version."""
    words = answer([path, "-c", "import sys; print(*sys.version_info[:3], sys.executable)"], seconds=20)
    if not words:
        return None
    major, minor, micro, executable = words.split(" ", 3)
    return (int(major), int(minor), int(micro)), Path(executable)


def _folders() -> list[Path]:
    return [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]


def _on_path() -> list[Path]:
    return [folder / name for name in NAMES for folder in _folders()]


def _in_pyenv() -> list[Path]:
    homes = [Path.home() / ".pyenv", Path(pwd.getpwuid(os.getuid()).pw_dir) / ".pyenv"]
    shims = [folder.parent for folder in _folders() if folder.name == "shims"]
    roots = [Path(os.environ["PYENV_ROOT"])] if os.environ.get("PYENV_ROOT") else []
    return [path for root in roots + shims + homes for path in sorted(root.glob("versions/3.*/bin/python3"))]
