"""`make run`: prepare, start all parts, show their logs until told to stop."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Callable, Iterable, Mapping, Sequence

from scripts import database, keys, locks, logs, parts, ports, readiness, setup
from scripts.console import colour, say, say_last
from scripts.layout import LOGS, VAR
from scripts.parts import Part
from scripts.signals import Starter, Stopped
from scripts.supervisor import Supervisor

NOT_KNOWN_YET = Path("the-model-named-after-training")


def main() -> None:
    """Run the service in the foreground."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with locks.only_one("run"):
        chosen = parts.read_ports()
        env = parts.shared_environment(chosen, keys.load())
        ports.check_free(parts.all_parts(chosen, NOT_KNOWN_YET))  # now, not after minutes of set-up
        with locks.one_after_another("setup"):
            model = setup.for_run(env)
        with contextlib.suppress(Stopped):  # what a running service is told in the end
            serve(parts.all_parts(chosen, model), env, VAR, lambda: welcome(chosen, env))
    say_last("Stopped.")


def serve(all_parts: Sequence[Part], env: Mapping[str, str], folder: Path, greet: Callable[[], None]) -> None:
    """Keep the parts running until a signal ends this process."""
    ports.check_free(all_parts)
    with Supervisor(all_parts, env, folder) as supervisor:
        try:
            supervisor.start()
            readiness.wait(all_parts, supervisor)
            greet()
            watch(all_parts, supervisor)
        finally:
            say_last("Stopping …")


def watch(all_parts: Iterable[Part], supervisor: Supervisor) -> None:
    """Show the logs, and tell when a part died and was started again."""
    stream = logs.Stream(all_parts, supervisor)
    pids: dict[str, int] = {}
    starter = Starter()
    while True:
        starter.must_be_there()
        for name, state in supervisor.states().items():
            if state["pid"] and pids.setdefault(name, state["pid"]) != state["pid"]:
                pids[name] = state["pid"]
                say(colour(f"The part {name} died and was started again (process {state['pid']}).", "31"))
        stream.show()
        time.sleep(0.25)


def welcome(chosen: Mapping[str, int], env: Mapping[str, str]) -> None:
    """Say where to go now."""
    desk = f"http://{parts.HOST}:{chosen['DESK_PORT']}"
    say()
    say(f"  A user's page    {desk}/")
    say(f"  Agents' console  {desk}/console/")
    say(f"  API              {desk}/docs")
    if "DESK_ACCOUNTS_URL" not in os.environ:
        say(f"  Account sandbox  {env['DESK_ACCOUNTS_URL']}/docs")
    say()
    say("  Demo agents (login, name, password):")
    for sign_in in database.sign_ins():
        say("    " + "   ".join(sign_in.split("\t")))
    say()
    say("  Ctrl-C stops everything.")
    say()
