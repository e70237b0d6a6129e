"""On what was measured."""

import os
import platform
from pathlib import Path

CPUS = Path("/proc/cpuinfo")


def described() -> str:
    """The machine in a few words, and how busy it was."""
    names = [line.partition(":")[2].strip() for line in _lines() if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or "an unnamed processor"
    return f"{os.cpu_count()} cores of {processor}, load {os.getloadavg()[0]:.1f} before it began"


def _lines() -> list[str]:
    return CPUS.read_text(encoding="utf-8").splitlines() if CPUS.exists() else []
