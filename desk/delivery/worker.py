"""Runs the bot's turns: takes what is due, asks the bot, stores what it said, and watches the clock."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator

from desk.conversations.service import Lease
from desk.database import Database
from desk.delivery import service
from desk.delivery.bot_client import BotClient, BotFailed, TurnRequest, TurnResult
from desk.delivery.service import Taken
from desk.facts import Facts
from desk.settings import Settings

log = logging.getLogger(__name__)
_IDLE_SECONDS = 0.5


class Worker:
    """Several may run, in one process or many: the database decides who runs which turn."""

    def __init__(self, database: Database, bot: BotClient, facts: Facts, settings: Settings) -> None:
        self._database, self._bot, self._facts, self._settings = database, bot, facts, settings
        self._wake, self._stopping = asyncio.Event(), asyncio.Event()
        self._running: dict[asyncio.Task[None], str] = {}
        self._loops: list[asyncio.Task[None]] = []
        self._promised = 0  # turns that are being stored, to be run here
        self._all_taken = False  # else there is something to take as soon as there is room

    def start(self) -> None:
        loops = (self._take_turns, self._keep_leases, self._watch_clock)
        self._loops = [asyncio.create_task(self._forever(loop), name=loop.__name__) for loop in loops]

    async def stop(self) -> None:
        """Wait for the bot no more, but finish what is being stored; turns left are run by whoever comes next.

        Nothing is cancelled in the middle of a transaction: its connection would keep SQLite's only write lock.
        """
        self._stopping.set()
        self._wake.set()
        await asyncio.gather(*self._loops, return_exceptions=True)
        while self._running:  # a message that was being stored may still begin a turn
            await asyncio.gather(*self._running, return_exceptions=True)

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def _forever(self, step: Callable[[], Awaitable[None]]) -> None:
        """A database that is away for a moment must not end the loop."""
        while not self._stopping.is_set():
            try:
                await step()
            except Exception:
                log.exception("%s failed; trying again", step.__name__)
                await self._pause(_IDLE_SECONDS)

    async def _pause(self, seconds: float) -> bool:
        """Wait; False when the desk stops meanwhile."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return not self._stopping.is_set()

    async def _take_turns(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)
        self._wake.clear()
        room = self._room()
        self._all_taken = False
        if room <= 0 or self._stopping.is_set():
            return
        due = await service.take_due(self._database, room, self._settings.turn_lease_seconds)
        self._all_taken = len(due) < room
        for taken in due:
            self.run(taken)

    @contextlib.contextmanager
    def promising(self) -> Iterator[Callable[[], Lease | None]]:
        """Gives leases to run turns here and now, if there is room and nobody waits for it already.

        What was promised takes room until the block ends: by then it runs, or will not.
        """
        given = 0

        def lease() -> Lease | None:
            nonlocal given
            if not (self._loops and self._all_taken and self._room() > 0) or self._stopping.is_set():
                return None
            given, self._promised = given + 1, self._promised + 1
            return service.new_lease(self._settings.turn_lease_seconds)

        try:
            yield lease
        finally:
            self._promised -= given

    def _room(self) -> int:
        return self._settings.turn_concurrency - len(self._running) - self._promised

    def run(self, taken: Taken) -> None:
        """Run a turn that was taken."""
        task = asyncio.create_task(self._run(taken))
        self._running[task] = taken.lease
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if not self._all_taken:
            self._wake.set()
        if not task.cancelled() and task.exception():
            log.error("a turn could not be stored; it will be run again", exc_info=task.exception())

    async def _run(self, taken: Taken) -> None:
        try:
            result = await self._ask(taken.request)
        except BotFailed as problem:
            log.warning("turn %s failed: %s", taken.turn_id, problem)
            await service.put_back(self._database, taken, str(problem))
            return
        if not await service.finish(self._database, self._facts, taken, result):
            log.info("turn %s: the owner changed meanwhile, its replies are discarded", taken.turn_id)

    async def _ask(self, request: TurnRequest) -> TurnResult:
        """The bot's answer, unless the desk stops first."""
        answer, stop = asyncio.ensure_future(self._bot.run(request)), asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait((answer, stop), return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not answer.done():
            answer.cancel()
            raise BotFailed("the desk stops")
        return answer.result()

    async def _keep_leases(self) -> None:
        if await self._pause(self._settings.turn_lease_seconds / 3) and self._running:
            await service.renew(self._database, list(self._running.values()), self._settings.turn_lease_seconds)

    async def _watch_clock(self) -> None:
        if await self._pause(_IDLE_SECONDS):
            await service.tell_waiting(self._database, self._settings.bot_notice_seconds)
            await service.give_up(self._database, self._facts, self._settings.bot_give_up_seconds)
