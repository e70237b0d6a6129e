"""Users at work: as many at once as wished, or arriving by themselves."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from time import perf_counter, process_time
from typing import Any

import aiohttp

from bench import machine
from bench.figures import Figures, spread
from bench.talks import Talk
from bench.users import Turn, TurnFailed, User

PATIENCE = 60.0  # seconds; a turn that takes longer is lost
CLIENT = "client"


class Meter:
    """What a contender's parts, and we ourselves, use of the processors while it runs."""

    def __init__(self, groups: dict[str, int]) -> None:
        self._groups = groups

    async def run(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Watch for so long, and on until it is enough."""
        before, self._begun = self._now(), perf_counter()
        await asyncio.sleep(seconds)
        while not enough():
            await asyncio.sleep(0.05)
        after, self._ended = self._now(), perf_counter()
        self.cpu = {name: used - before[name] for name, used in after.items()}

    @property
    def seconds(self) -> float:
        """How long it watched."""
        return self._ended - self._begun

    def saw(self, turn: Turn) -> bool:
        """Whether the turn's answer came meanwhile."""
        return self._begun <= turn.answered <= self._ended

    def _now(self) -> dict[str, float]:
        return {**machine.cpu_seconds(self._groups), CLIENT: process_time()}


async def say(user: User, talk: Talk, text: str) -> Turn:
    """One turn, whose answer must be the right one and come within our patience."""
    try:
        async with asyncio.timeout(PATIENCE):
            turn = await user.say(text)
    except TimeoutError:
        raise TurnFailed(f"no answer to {text!r} within {PATIENCE:.0f} s") from None
    except aiohttp.ClientError as problem:
        raise TurnFailed(f"no answer to {text!r}: {problem!r}") from None
    if talk.answer_holds not in turn.answer:
        raise TurnFailed(f"a wrong answer to {text!r}: {turn.answer!r}")
    return turn


async def at_once(users: Sequence[User], talk: Talk, meter: Meter, warm: float, seconds: float) -> Figures:
    """All users talk without a pause; counted is what ends after warming up: for so long, and a turn for each user."""
    turns: list[Turn] = []
    over = asyncio.Event()

    async def keep_talking(number: int, user: User) -> None:
        for text in talk.messages(number):
            if over.is_set():
                return
            turns.append(await say(user, talk, text))

    async with asyncio.TaskGroup() as group:
        for number, user in enumerate(users):
            group.create_task(keep_talking(number, user))
        await asyncio.sleep(warm)
        warmed = len(turns)
        await meter.run(seconds, lambda: len(turns) - warmed >= len(users))
        over.set()
    return _figures([turn for turn in turns if meter.saw(turn)], meter)


def _figures(turns: Sequence[Turn], meter: Meter) -> Figures:
    return {
        "turns": len(turns),
        "rate": len(turns) / meter.seconds,
        **spread("acknowledged", [1000 * (turn.acknowledged - turn.sent) for turn in turns]),
        **spread("answered", [1000 * (turn.answered - turn.sent) for turn in turns]),
        **{f"cpu_{name}": 1000 * used / len(turns) for name, used in meter.cpu.items()},
        "client_share": meter.cpu[CLIENT] / meter.seconds,
    }


async def as_they_come(users: Iterable[User], talk: Talk, moments: Iterable[float]) -> Figures:
    """Messages leave at their moments whatever became of those before; times count from when they were meant to."""
    idle: asyncio.Queue[tuple[User, int]] = asyncio.Queue()
    for user in users:
        idle.put_nowait((user, 0))
    acknowledged: list[float] = []
    answered: list[float] = []
    late: list[float] = []

    async def one(meant: float) -> None:
        user, number = await idle.get()
        turn = await say(user, talk, talk.texts[number % len(talk.texts)])
        idle.put_nowait((user, number + 1))
        acknowledged.append(1000 * (turn.acknowledged - meant))
        answered.append(1000 * (turn.answered - meant))
        late.append(1000 * (turn.sent - meant))

    await _at_their_moments(one, moments)
    return {
        "turns": len(late),
        **spread("acknowledged", acknowledged),
        **spread("answered", answered),
        **spread("late", late),
    }


async def _at_their_moments(one: Callable[[float], Coroutine[Any, Any, None]], moments: Iterable[float]) -> None:
    begun = perf_counter()
    async with asyncio.TaskGroup() as group:
        for moment in moments:
            await asyncio.sleep(max(0.0, begun + moment - perf_counter()))
            group.create_task(one(begun + moment))


async def one_by_one(user: User, talk: Talk, number: int) -> list[float]:
    """How long the next turns of a conversation take, in milliseconds."""
    turns = [await say(user, talk, text) for text, _ in zip(talk.messages(), range(number), strict=False)]
    return [1000 * (turn.answered - turn.sent) for turn in turns]
