"""Remembers from which inputs a thing was made, so that it is made again only when they change."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable, Iterator

from scripts.console import Failure

IGNORED = {"node_modules", "dist", "__pycache__", ".vite"}


def files_under(*roots: Path) -> Iterator[Path]:
    """Every file that somebody wrote, below the given files and folders."""
    for root in roots:
        if root.is_file():
            yield root
        elif root.is_dir():
            for path in sorted(root.iterdir()):
                if path.name not in IGNORED:
                    yield from files_under(path)


def fingerprint(paths: Iterable[Path], relative_to: Path, *extra: str) -> str:
    """A hash of names and contents: the same for the same work, wherever and whenever it was checked out."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        if not path.is_file():
            raise Failure(f"{path.relative_to(relative_to)} is missing.")
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(relative_to)}\0{content}\n".encode())
    return digest.hexdigest()[:16]


class Stamp:
    """The fingerprint of the inputs from which something was last made completely."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def matches(self, value: str) -> bool:
        """Whether the thing was made from these inputs."""
        return self._path.is_file() and self._path.read_text() == value

    def write(self, value: str) -> None:
        """Say so: only once the thing is complete, so that an interrupted step is run again."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(value)

    def clear(self) -> None:
        """Forget the thing before it is touched."""
        if self._path.exists():
            self._path.unlink()
