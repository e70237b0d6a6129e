"""`python -m bench`, started by `make bench`: build the stage, run the rounds, print the table, keep the figures."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from bench import machine, report, stock
from bench.contenders import Contender, Ours, Stock
from bench.figures import Figures, medians
from bench.load import Meter, at_once
from bench.rounds import Pace, Results, one_round
from bench.stage import Stage, built
from bench.talks import PLAIN
from scripts import locks, model
from scripts.__main__ import carefully
from scripts.commands import shown
from scripts.console import Step, say

FULL = Pace(warm=1.5, watched=5.0)
QUICK = Pace(warm=0.5, watched=1.0)
IDLE_SECONDS = 2.0


def main() -> None:
    """Everything, in the foreground."""
    machine.check()
    quick = bool(os.environ.get("QUICK"))
    number = int(os.environ.get("ROUNDS") or (1 if quick else 3))
    with locks.only_one("bench"):
        trained = Path(os.environ.get("BOT_MODEL") or model.ensure())
        project = stock.ensure()
        with built(trained, project) as stage:
            found = _run(_measure(stage, number, QUICK if quick else FULL))
    _tell(found)


def _run(work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Of users who failed together, one tells why."""
    try:
        return asyncio.run(work)
    except BaseExceptionGroup as group:
        problem: BaseException = group
        while isinstance(problem, BaseExceptionGroup):
            problem = problem.exceptions[0]
        raise problem from None


async def _measure(stage: Stage, number: int, pace: Pace) -> dict[str, Any]:
    before = machine.load()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as http:
        contenders = (Ours(http, stage.url("DESK_PORT")), Stock(http, stage.url("STOCK_BOT_PORT")))
        client = await _client_alone(http, stage)
        rounds = [await _one_round(stage, contenders, pace, index + 1, number) for index in range(number)]
    return {
        "at": datetime.now().isoformat(timespec="seconds"),
        "machine": machine.described(),
        "load_before": before,
        "watched_seconds": pace.watched,
        "stock_intents": len(stock.intents()),
        "database_bytes": stage.database_bytes(),
        "client": client,
        "medians": {name: _medians([results[name] for results in rounds]) for name in rounds[0]},
        "rounds": rounds,
    }


async def _one_round(stage: Stage, contenders: Sequence[Contender], pace: Pace, number: int, of: int) -> Results:
    step = Step(f"Round {number} of {of}")
    results = await one_round(stage, contenders, pace, number, step.tick)
    step.done()
    return results


def _medians(rounds: Sequence[dict[str, Figures]]) -> dict[str, Figures]:
    return {name: medians([measures[name] for measures in rounds]) for name in rounds[0]}


async def _client_alone(http: aiohttp.ClientSession, stage: Stage) -> Figures:
    """How many turns a second our users manage in front of a server that does nothing."""
    url, rates = stage.url("IDLE_PORT"), {}
    contenders: Sequence[Contender] = (Ours(http, url), Stock(http, url))
    for contender in contenders:
        users = [await contender.user() for _ in range(16)]
        figures = await at_once(users, PLAIN, Meter({}), 0.2, IDLE_SECONDS)
        rates[contender.name] = figures["rate"]
    return rates


def _tell(found: dict[str, Any]) -> None:
    path = stock.HOME / f"{found['at'].replace(':', '')}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    say()
    say(report.text(found))
    say(f"All figures of all rounds: {shown(path)}")


if __name__ == "__main__":
    sys.exit(carefully(main))
