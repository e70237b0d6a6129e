"""Prepares the desk's data: checks the facts, migrates, seeds the demo agents."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

from scripts import private
from scripts.commands import ask, must
from scripts.console import Step
from scripts.layout import DESK_PYTHON, VAR

SIGN_INS = VAR / "demo-agents.txt"


def check_facts(env: Mapping[str, str]) -> None:
    """Refuse facts that the desk would refuse, in its own words."""
    ask([DESK_PYTHON, "-m", "desk.facts"], env=env)


def migrate(env: Mapping[str, str]) -> None:
    """Bring the database to the newest schema."""
    step = Step("Database")
    must([DESK_PYTHON, "-m", "desk.migrate"], "migrate", step, env=env)
    step.done()


def seed(env: Mapping[str, str]) -> None:
    """Make the demo agents that are missing. Their passwords are told once, so they are kept for their owner."""
    told = ask([DESK_PYTHON, "-m", "desk.seed"], env=env)
    if told:
        keep_sign_ins(told.splitlines())


def keep_sign_ins(told: list[str], file: Path = SIGN_INS) -> None:
    """Keep each new sign-in beside the others, or in place of the one of the same login."""
    by_login = {line.split("\t")[0]: line for line in [*sign_ins(file), *told]}
    private.write(file, "\n".join(by_login.values()) + "\n")


def sign_ins(file: Path = SIGN_INS) -> list[str]:
    """The demo sign-ins made on this machine: login, name and password, a tab between them."""
    return file.read_text("utf-8").splitlines() if file.exists() else []
