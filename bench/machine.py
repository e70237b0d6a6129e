"""What processes have used of the machine, as Linux accounts for it in /proc."""

import os
from collections.abc import Mapping
from pathlib import Path

from scripts.console import Failure

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# Fields of /proc/<pid>/stat after the name in brackets, which may hold anything.
GROUP, USER_TICKS, SYSTEM_TICKS, RESIDENT_PAGES = 2, 11, 12, 21


def check() -> None:
    """Refuse to measure what cannot be measured here."""
    if not (PROC / "self" / "stat").exists():
        raise Failure("The bench reads /proc, which only Linux has.")


def cpu_seconds(groups: Mapping[str, int]) -> dict[str, float]:
    """Processor time used so far by each of the named process groups."""
    ticks = {name: _summed(fields, USER_TICKS, SYSTEM_TICKS) for name, fields in _of_groups(groups).items()}
    return {name: number / TICK for name, number in ticks.items()}


def memory_megabytes(groups: Mapping[str, int]) -> dict[str, float]:
    """What each of the named process groups holds in memory now."""
    pages = {name: _summed(fields, RESIDENT_PAGES) for name, fields in _of_groups(groups).items()}
    return {name: number * PAGE / 1e6 for name, number in pages.items()}


def _of_groups(groups: Mapping[str, int]) -> dict[str, list[list[str]]]:
    processes = list(_processes())
    return {name: [fields for fields in processes if int(fields[GROUP]) == group] for name, group in groups.items()}


def _processes() -> list[list[str]]:
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                found.append((folder / "stat").read_text().rpartition(")")[2].split())
            except OSError:  # it ended meanwhile
                continue
    return found


def _summed(processes: list[list[str]], *fields: int) -> int:
    return sum(int(process[field]) for process in processes for field in fields)


def described() -> str:
    """The machine in a few words."""
    lines = (PROC / "cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    usable = len(os.sched_getaffinity(0))
    return f"{usable} cores of {names[0] if names else 'an unnamed processor'}"


def load() -> float:
    """How many processes wanted a core during the last minute."""
    return os.getloadavg()[0]
