"""The uploads folder: bytes come in beside it, are checked there, and get their name when they may stay."""

import asyncio
import os
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import anyio

from desk.attachments import pictures
from desk.attachments.enums import AttachmentKind
from desk.attachments.formats import HEAD_BYTES, Format, format_of
from desk.errors import AttachmentBroken, AttachmentTooLarge

# Decoding takes much memory, so few do it at once.
_PICTURES_AT_ONCE = 2
_SILENCE_SECONDS = 60
_NAME = re.compile(r"f_[0-9a-f]{32}")


@dataclass(frozen=True)
class Received:
    """A checked file that is safely on disk and waits for its name."""

    path: Path
    format: Format
    size: int
    width: int | None = None
    height: int | None = None


class Uploads:
    """Shared by all desk processes, as the database is."""

    def __init__(self, folder: Path, limit_bytes: int, limit_pixels: int) -> None:
        self._folder, self._incoming = folder, folder / "incoming"
        self._limit_bytes, self._limit_pixels = limit_bytes, limit_pixels
        self._pictures = ThreadPoolExecutor(_PICTURES_AT_ONCE, thread_name_prefix="pictures")

    def path(self, attachment_id: str) -> Path:
        return self._folder / attachment_id

    @asynccontextmanager
    async def receive(self, chunks: AsyncIterator[bytes], told: int | None) -> AsyncIterator[Received]:
        """Take in a file and check it. Whatever happens, nothing that was not kept is left in the end."""
        if told is not None and told > self._limit_bytes:
            raise AttachmentTooLarge(limit=self._limit_bytes)
        self._make_folders()
        raw = self._incoming / secrets.token_hex(16)
        clean = raw.with_suffix(".clean")
        try:
            size = await self._write(raw, chunks)
            yield await self._checked(raw, clean, size)
        finally:
            raw.unlink(missing_ok=True)
            clean.unlink(missing_ok=True)

    def _make_folders(self) -> None:
        # Pictures people sent us are for nobody else on this machine.
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._incoming.mkdir(mode=0o700, exist_ok=True)

    async def _write(self, path: Path, chunks: AsyncIterator[bytes]) -> int:
        size = 0
        async with await anyio.open_file(path, "xb", opener=_private) as file:
            async for chunk in _not_too_slow(chunks):
                size += len(chunk)
                if size > self._limit_bytes:
                    raise AttachmentTooLarge(limit=self._limit_bytes)
                await file.write(chunk)
        return size

    async def _checked(self, raw: Path, clean: Path, size: int) -> Received:
        async with await anyio.open_file(raw, "rb") as file:
            found = format_of(await file.read(HEAD_BYTES))
        if found.kind != AttachmentKind.IMAGE:
            await asyncio.to_thread(_make_durable, raw)
            return Received(raw, found, size)
        rewrite = partial(pictures.rewrite, raw, clean, self._limit_pixels)
        width, height = await asyncio.get_running_loop().run_in_executor(self._pictures, rewrite)
        await asyncio.to_thread(_make_durable, clean)
        return Received(clean, found, clean.stat().st_size, width, height)

    async def keep(self, received: Received, attachment_id: str) -> None:
        """Give a received file the name it stays under."""
        await asyncio.to_thread(self._keep, received.path, attachment_id)

    def _keep(self, path: Path, attachment_id: str) -> None:
        os.replace(path, self.path(attachment_id))
        _make_durable(self._folder)

    async def remove(self, *attachment_ids: str) -> None:
        for attachment_id in attachment_ids:
            await asyncio.to_thread(self.path(attachment_id).unlink, missing_ok=True)

    def names(self, older_than: float) -> Iterator[str]:
        """Ids of the files that were written so many seconds ago or earlier."""
        for path in _old(self._folder, older_than):
            if _NAME.fullmatch(path.name):
                yield path.name

    def clear_incoming(self, older_than: float) -> None:
        """Remove what uploads left behind whose process died."""
        for path in _old(self._incoming, older_than):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        self._pictures.shutdown(wait=False, cancel_futures=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


async def _not_too_slow(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """A client that fell silent must not hold its place for ever."""
    source = aiter(chunks)
    while True:
        try:
            async with asyncio.timeout(_SILENCE_SECONDS):
                chunk = await anext(source, None)
        except TimeoutError:
            raise AttachmentBroken() from None
        if chunk is None:
            return
        yield chunk


def _make_durable(path: Path) -> None:
    """What is on the disk after this survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _old(folder: Path, older_than: float) -> Iterator[Path]:
    before = time.time() - older_than
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        try:
            if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before:
                yield Path(entry.path)
        except FileNotFoundError:
            continue  # another desk was faster
