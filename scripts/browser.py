"""Finds or installs the browser that the journeys walk through the pages with."""

from __future__ import annotations

import os
import shutil
from typing import Callable

from scripts.commands import answer, run
from scripts.console import Failure, Step, say
from scripts.layout import DESK_PYTHON

PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def ensure() -> str:
    """The path of a Chromium that runs."""
    _check_fonts()
    ways: list[Callable[[], str | None]] = [_named, _on_path, _playwrights, _from_playwright, _from_debian]
    for way in ways:
        path = way()
        if path and answer([path, "--version"]):
            return path
    raise Failure("No Chromium was found or could be installed, and the journeys need one: set CHROMIUM to its path.")


def _named() -> str | None:
    return os.environ.get("CHROMIUM")


def _on_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _playwrights() -> str | None:
    return answer([DESK_PYTHON, "-c", PLAYWRIGHTS_OWN])


def _from_playwright() -> str | None:
    step = Step("Chromium from playwright")
    code = run([DESK_PYTHON, "-m", "playwright", "install", "chromium"], "setup-chromium", step, limit=300)
    return _finish(step, code, _playwrights)


def _from_debian() -> str | None:
    step = Step("Chromium from Debian")
    return _finish(step, _apt_install("chromium", step), lambda: shutil.which("chromium"))


def _finish(step: Step, code: int, where: Callable[[], str | None]) -> str | None:
    if code != 0:
        step.failed()
        return None
    step.done()
    return where()


def _check_fonts() -> None:
    if not shutil.which("fc-list") or answer(["fc-list", ":lang=zh", "family"]):
        return
    step = Step("Chinese fonts")
    if _apt_install("fonts-noto-cjk", step) == 0:
        step.done()
    else:
        step.failed()
        say("  No Chinese font is installed: screenshots will show boxes (on Debian: apt install fonts-noto-cjk).")


def _apt_install(package: str, step: Step) -> int:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return 1
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], "setup-apt", step, env=env)
    return run(["apt-get", "install", "-y", "--no-install-recommends", package], "setup-apt", step, env=env)
