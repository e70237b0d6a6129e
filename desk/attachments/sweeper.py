"""Removes what nobody will ask for: uploads that were never sent, and what a killed process left in the folder."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import timedelta

from desk.attachments import repository
from desk.attachments.rules import looks_foreign
from desk.attachments.uploads import Uploads
from desk.clock import now
from desk.database import Database

log = logging.getLogger(__name__)
UNSENT_FOR = timedelta(hours=24)
# Far longer than an upload takes: what another desk is just writing is never touched.
_LEFT_FOR_SECONDS = 3600.0
_EVERY_SECONDS = 600.0
_ASKED_AT_ONCE = 500


async def sweep(database: Database, uploads: Uploads) -> None:
    """One round. Several desks may sweep at once: what is gone is gone."""
    async with database.write() as work:
        unsent = await repository.remove_unsent(work.session, now() - UNSENT_FOR)
    await uploads.remove(*unsent)
    await asyncio.to_thread(uploads.clear_incoming, _LEFT_FOR_SECONDS)
    await _remove_unknown(database, uploads)


async def _remove_unknown(database: Database, uploads: Uploads) -> None:
    """A process may die between naming a file and writing it down."""
    found = await asyncio.to_thread(lambda: list(uploads.names(_LEFT_FOR_SECONDS)))
    known = await _known(database, found)
    unknown = [name for name in found if name not in known]
    if looks_foreign(len(known), len(unknown)):
        log.warning("%s uploads stay, of which the database knows nothing: are they another one's?", len(unknown))
        return
    await uploads.remove(*unknown)


async def _known(database: Database, names: Sequence[str]) -> set[str]:
    known: set[str] = set()
    async with database.read() as session:
        for start in range(0, len(names), _ASKED_AT_ONCE):
            known |= await repository.known(session, names[start : start + _ASKED_AT_ONCE])
    return known


class Sweeper:
    """Sweeps now and then while the desk runs."""

    def __init__(self, database: Database, uploads: Uploads) -> None:
        self._database, self._uploads = database, uploads
        self._stopping = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._loop = asyncio.create_task(self._forever(), name="sweeper")

    async def stop(self) -> None:
        """Finish the round; nothing is cancelled in the middle of a transaction."""
        self._stopping.set()
        if self._loop:
            await self._loop

    async def _forever(self) -> None:
        while not self._stopping.is_set():
            try:
                await sweep(self._database, self._uploads)
            except Exception:
                log.exception("sweeping failed; trying again later")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _EVERY_SECONDS)
