"""Builds the web parts into var/web/ when what they are made from changed."""

from __future__ import annotations

from pathlib import Path

from scripts import node
from scripts.commands import must
from scripts.console import Step
from scripts.layout import ROOT, STAMPS, VAR
from scripts.stamps import Stamp, files_under, fingerprint

PARTS = ("widget", "console")


def ensure() -> None:
    """Bring every bundle up to date."""
    stale = [part for part in PARTS if not is_current(part)]
    if not stale:
        return
    env = node.ensure()
    for part in stale:
        _build(part, env)


def is_current(part: str) -> bool:
    """Whether the bundle is there and was built from the sources as they stand."""
    built = _out(part)
    return built.is_dir() and any(built.iterdir()) and _built(part).matches(sources(part))


def install(part: str, env: dict[str, str], folder: Path | None = None) -> None:
    """Install what the part's lock file names, unless that was done."""
    folder = folder or _folder(part)
    wanted = fingerprint([folder / "package.json", folder / "package-lock.json"], ROOT)
    stamp = Stamp(folder / "node_modules" / ".made-from")
    if stamp.matches(wanted):
        return
    step = Step(f"Packages of the {part}")
    stamp.clear()
    must(["npm", "ci", "--no-audit", "--no-fund"], f"npm-{part}", step, cwd=folder, env=env)
    stamp.write(wanted)
    step.done()


def sources(part: str) -> str:
    """Fingerprint of all that the bundle is made from."""
    return fingerprint(files_under(_folder(part)), ROOT)


def _build(part: str, env: dict[str, str]) -> None:
    install(part, env)
    step = Step(f"Bundle of the {part}")
    _built(part).clear()
    must(["npm", "run", "build"], f"build-{part}", step, cwd=_folder(part), env=env)
    _built(part).write(sources(part))
    step.done()


def _folder(part: str) -> Path:
    return ROOT / "web" / part


def _out(part: str) -> Path:
    return VAR / "web" / part


def _built(part: str) -> Stamp:
    return Stamp(STAMPS / f"web-{part}")
