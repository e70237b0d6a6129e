"""A file that may change while the process runs."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

Content = TypeVar("Content")


class WatchedFile(Generic[Content]):
    """Reads a file again when it changed; a change that cannot be read leaves the last good content in force."""

    def __init__(self, path: Path, read: Callable[[Path], Content]) -> None:
        self._path = path
        self._read = read
        self._stamp = self._stamp_now()
        self._content = read(path)

    def content(self) -> Content:
        """What the file says now."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._content = self._read(self._path)
            except (OSError, ValueError) as problem:
                logger.error("%s was changed and cannot be used, the last good one stays: %s", self._path, problem)
        return self._content

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size
