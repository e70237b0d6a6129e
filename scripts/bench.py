"""`make bench`: prepares what the bench needs and hands over to it; the bench itself runs in the desk's environment."""

from __future__ import annotations

import os

from scripts import environments, locks
from scripts.layout import DESK_PYTHON, ROOT


def main() -> None:
    """Become the bench."""
    with locks.one_after_another("setup"):
        environments.ensure_all()
    os.chdir(str(ROOT))
    os.execv(str(DESK_PYTHON), [str(DESK_PYTHON), "-m", "bench"])
