"""Brings the web clients written for Rasa that the journeys open: installed from npm, one of them bundled."""

from __future__ import annotations

from scripts import node, web
from scripts.commands import must
from scripts.console import Step
from scripts.layout import ROOT
from scripts.stamps import Stamp, files_under, fingerprint

FOLDER = ROOT / "tests" / "clients"


def ensure() -> None:
    """Install and bundle what is missing or out of date."""
    wanted = fingerprint(files_under(FOLDER), ROOT)
    bundled = Stamp(FOLDER / "dist" / ".made-from")
    if bundled.matches(wanted):
        return
    env = node.ensure()
    web.install("clients", env, FOLDER)
    step = Step("Bundle of the clients")
    bundled.clear()
    must(["npm", "run", "build"], "build-clients", step, cwd=FOLDER, env=env)
    bundled.write(wanted)
    step.done()
