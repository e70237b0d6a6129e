"""The commands behind the Makefile: `python3 -m scripts run`, `… test [suite]`, `… turns`, `… bench`, `… evaluate` …"""

from __future__ import annotations

import os
import sys
from typing import Callable

from scripts import bench, clean, evaluate, run, signals, test, turns
from scripts.console import Failure, complain, say_last

USAGE = "usage: python3 -m scripts run | test [SUITE] | turns | bench | evaluate | clean"


def main(words: list[str]) -> int:
    """Do what was asked; whatever goes wrong on the way is one clear line, never a stack trace."""
    commands: dict[str, Callable[..., int | None]] = {
        "run": run.main,
        "test": test.main,
        "clean": clean.main,
        "turns": turns.main,
        "bench": bench.main,
        "evaluate": evaluate.main,
    }
    if not words or words[0] not in commands:
        complain(USAGE)
        return 2
    return carefully(lambda: commands[words[0]](*words[1:]))


def carefully(work: Callable[[], int | None]) -> int:
    """Do the work; the exit code tells how it ended."""
    signals.obey()
    try:
        return work() or 0
    except Failure as failure:
        complain(str(failure))
        return 1
    except signals.Stopped as stopped:
        say_last("Stopped.")
        return stopped.exit_code
    except BrokenPipeError:
        # Nobody reads us any more; keep Python from complaining about that when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk, a folder that may not be written to
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
