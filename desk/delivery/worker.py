"""Runs the bot's turns: takes what is due, asks the bot, stores what it said, and watches the clock."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from desk.database import Database
from desk.delivery import service
from desk.delivery.bot_client import BotClient, BotFailed
from desk.delivery.service import Taken
from desk.facts import Facts
from desk.settings import Settings

log = logging.getLogger(__name__)
_IDLE_SECONDS = 0.5


class Worker:
    """Several may run, in one process or many: the database decides who runs which turn."""

    def __init__(self, database: Database, bot: BotClient, facts: Facts, settings: Settings) -> None:
        self._database, self._bot, self._facts, self._settings = database, bot, facts, settings
        self._wake = asyncio.Event()
        self._running: dict[asyncio.Task[None], str] = {}
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        loops = (self._take_turns, self._keep_leases, self._watch_clock)
        self._loops = [asyncio.create_task(self._forever(loop), name=loop.__name__) for loop in loops]

    async def stop(self) -> None:
        """Stop at once; turns that were running are run again by whoever comes next."""
        tasks = [*self._loops, *self._running]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def _forever(self, step: Callable[[], Awaitable[None]]) -> None:
        """A database that is away for a moment must not end the loop."""
        while True:
            try:
                await step()
            except Exception:
                log.exception("%s failed; trying again", step.__name__)
                await asyncio.sleep(_IDLE_SECONDS)

    async def _take_turns(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)
        self._wake.clear()
        room = self._settings.turn_concurrency - len(self._running)
        if room <= 0:
            return  # a turn that ends wakes us
        for taken in await service.take_due(self._database, room, self._settings.turn_lease_seconds):
            task = asyncio.create_task(self._run(taken))
            self._running[task] = taken.lease
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._wake.set()
        if not task.cancelled() and task.exception():
            log.error("a turn could not be stored; it will be run again", exc_info=task.exception())

    async def _run(self, taken: Taken) -> None:
        try:
            result = await self._bot.run(taken.request)
        except BotFailed as problem:
            log.warning("turn %s failed: %s", taken.turn_id, problem)
            await service.put_back(self._database, taken, str(problem))
            return
        if not await service.finish(self._database, self._facts, taken, result):
            log.info("turn %s: the owner changed meanwhile, its replies are discarded", taken.turn_id)

    async def _keep_leases(self) -> None:
        await asyncio.sleep(self._settings.turn_lease_seconds / 3)
        if self._running:
            await service.renew(self._database, list(self._running.values()), self._settings.turn_lease_seconds)

    async def _watch_clock(self) -> None:
        await asyncio.sleep(_IDLE_SECONDS)
        await service.tell_waiting(self._database, self._settings.bot_notice_seconds)
        await service.give_up(self._database, self._facts, self._settings.bot_give_up_seconds)
