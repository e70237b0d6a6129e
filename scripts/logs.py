"""Shows what the parts print, each line under its part's name and colour."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Iterator

from scripts.console import colour, say
from scripts.parts import Part
from scripts.supervisor import Supervisor

COLOURS = ("36", "33", "35", "34")


class Follower:
    """Reads the lines that are added to a file, also when the file is put aside and begun anew."""

    def __init__(self, path: Path, from_start: bool = False) -> None:
        self._path = path
        self._position = 0 if from_start else _size(path)
        self._inode = _inode(path)
        self._rest = b""

    def new_lines(self) -> Iterator[str]:
        """The complete lines added since the last call."""
        if _inode(self._path) != self._inode or _size(self._path) < self._position:
            self._position, self._inode, self._rest = 0, _inode(self._path), b""
        *lines, self._rest = (self._rest + self._read()).split(b"\n")
        return (line.decode("utf-8", "replace").rstrip("\r") for line in lines)

    def _read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                file.seek(self._position)
                data = file.read()
        except OSError:
            return b""
        self._position += len(data)
        return data


class Stream:
    """The logs of all parts as one stream on the screen."""

    def __init__(self, parts: Iterable[Part], supervisor: Supervisor) -> None:
        names: list[Part] = list(parts)
        width = max(len(part.name) for part in names)
        self._followers: dict[str, Follower] = {
            colour(part.name.ljust(width), COLOURS[place % len(COLOURS)]): Follower(supervisor.log_of(part))
            for place, part in enumerate(names)
        }

    def show(self) -> None:
        """Print what is new."""
        for prefix, follower in self._followers.items():
            for line in follower.new_lines():
                say(f"{prefix} │ {line}")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _inode(path: Path) -> int:
    return path.stat().st_ino if path.exists() else 0
