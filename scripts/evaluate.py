"""`make evaluate`: prepares what the evaluation needs and hands over to it; it runs in the bot's environment."""

from __future__ import annotations

import os

from scripts import environments, locks
from scripts.layout import BOT_PYTHON, ROOT


def main() -> None:
    """Become the evaluation."""
    with locks.one_after_another("setup"):
        environments.ensure_all()
    os.chdir(str(ROOT))
    os.execv(str(BOT_PYTHON), [str(BOT_PYTHON), "-m", "evaluation"])
