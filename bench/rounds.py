"""What one round measures, in which order: ours and stock by turns, so that both meet the same machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench import load, machine
from bench.arrivals import poisson
from bench.contenders import Contender
from bench.figures import Figures
from bench.stage import Stage
from bench.talks import PLAIN, TALKS, Talk
from bench.users import User

LENGTHS = (1, 10, 50, 200, 1000)
WINDOW = 10  # turns that are timed at each length
ARRIVING_USERS = 128  # more than are ever in a turn at the same time

# Of each contender, under the name of what was measured.
Results = dict[str, dict[str, Figures]]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Pace:
    """How long each piece is watched, in seconds, after how much warming up."""

    warm: float
    watched: float


async def one_round(stage: Stage, contenders: Sequence[Contender], pace: Pace, number: int, tell: Tell) -> Results:
    """Everything once."""
    results: Results = {contender.name: {} for contender in contenders}
    for talk in TALKS:
        for at_once in talk.at_once:
            for contender in contenders:
                tell(f"{contender.name}: {talk.name}, {at_once} at once")
                found = await _at_once(stage, contender, talk, at_once, pace)
                results[contender.name][f"{talk.name}, {at_once} at once"] = found
    ours = contenders[0]
    tell(f"{ours.name}: arriving")
    results[ours.name]["arriving"] = await _arriving(ours, capacity(results[ours.name]) / 2, pace, number)
    for contender in contenders:
        tell(f"{contender.name}: long conversations")
        results[contender.name]["length"] = await _by_length(contender)
        results[contender.name]["memory"] = machine.memory_megabytes(_groups(stage, contender))
    stage.check_alive()
    return results


def capacity(results: dict[str, Figures], talk: Talk = PLAIN) -> float:
    """The most turns a second, whatever the number of conversations."""
    return max(figures["rate"] for name, figures in results.items() if name.startswith(f"{talk.name},"))


async def _at_once(stage: Stage, contender: Contender, talk: Talk, at_once: int, pace: Pace) -> Figures:
    users = [await contender.user() for _ in range(at_once)]
    try:
        meter = load.Meter(_groups(stage, contender))
        return await load.at_once(users, talk, meter, pace.warm, pace.watched)
    finally:
        await _leave(users)


async def _arriving(contender: Contender, rate: float, pace: Pace, seed: int) -> Figures:
    users = [await contender.user() for _ in range(ARRIVING_USERS)]
    try:
        return {"rate": rate} | await load.as_they_come(users, PLAIN, poisson(rate, 2 * pace.watched, seed))
    finally:
        await _leave(users)


async def _by_length(contender: Contender) -> Figures:
    """The median time of the turns from each number on; of first turns, those of as many conversations."""
    figures = {}
    for number in LENGTHS:
        users = [await contender.user_with_past(number - 1) for _ in range(WINDOW if number == 1 else 1)]
        each = 1 if number == 1 else WINDOW
        times = [time for user in users for time in await load.one_by_one(user, PLAIN, each)]
        figures[f"turn_{number}"] = median(times)
        await _leave(users)
    return figures


async def _leave(users: Sequence[User]) -> None:
    for user in users:
        await user.leave()


def _groups(stage: Stage, contender: Contender) -> dict[str, int]:
    return {name: stage.groups[name] for name in contender.parts}
