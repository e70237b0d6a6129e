"""Makes the two Python environments from their pins, with uv."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Sequence

from scripts import pythons
from scripts.commands import answer, must
from scripts.commands import run as run_command
from scripts.console import Failure, Step
from scripts.layout import REQUIREMENTS, ROOT, VENVS
from scripts.stamps import Stamp, fingerprint

FREE_BYTES_NEEDED = 3 * 1000**3


@dataclass(frozen=True)
class Environment:
    """One virtual environment: its name, the Python it needs, what uv fetches when the machine has none."""

    name: str
    needs: str
    fits: Callable[[pythons.Version], bool]
    fetched: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return VENVS / self.name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def pins(self) -> Path:
        """The file with every version that goes into it."""
        return REQUIREMENTS / f"{self.name}.txt"


BOT = Environment("bot", "Python 3.10", lambda version: version[:2] == (3, 10), "3.10")
DESK = Environment("desk", "Python 3.11 or newer", lambda version: version[:2] >= (3, 11), "3.11")


def ensure_all(environments: Sequence[Environment] = (BOT, DESK)) -> None:
    """Make the environments that are missing and bring those up to date whose pins changed."""
    stale = [environment for environment in environments if not is_current(environment)]
    if not stale:
        return
    if not any(environment.folder.exists() for environment in environments):
        check_disk(ROOT)
    uv = find_uv()
    for environment in stale:
        _make(environment, uv)


def is_current(environment: Environment) -> bool:
    """Whether the environment holds what its pins say, on an interpreter that still runs."""
    return _stamp(environment).matches(_wanted(environment)) and _runs(environment)


def check_disk(folder: Path, needed: int = FREE_BYTES_NEEDED) -> None:
    """Refuse to begin a set-up that would fill the disk."""
    free = shutil.disk_usage(str(folder)).free
    if free < needed:
        raise Failure(
            f"Not enough disk space: set-up needs {needed / 1e9:.0f} GB, {folder} has {free / 1e9:.1f} GB free."
        )


def find_uv() -> Path:
    """The uv on the PATH, else one of our own."""
    on_path = shutil.which("uv")
    if on_path and answer([on_path, "--version"]):
        return Path(on_path)
    own = VENVS / "uv" / "bin" / "uv"
    if not answer([own, "--version"]):
        _install_uv(own)
    return own


def _install_uv(own: Path) -> None:
    step = Step("uv")
    for python in [Path(sys.executable), *pythons.candidates()]:
        if _venv_with_uv(python, own.parent.parent, step) or _folder_with_uv(python, own.parent.parent, step):
            step.done()
            return
    step.failed()
    raise Failure("No Python here can install packages: install uv, or pip (on Debian: apt install python3-venv).")


def _venv_with_uv(python: Path, folder: Path, step: Step) -> bool:
    made = run_command([python, "-m", "venv", "--clear", folder], "setup-uv", step) == 0
    return made and run_command([folder / "bin" / "python", "-m", "pip", "install", "uv"], "setup-uv", step) == 0


def _folder_with_uv(python: Path, folder: Path, step: Step) -> bool:
    # Debian's python3 has no venv unless python3-venv is installed, but may have pip.
    shutil.rmtree(str(folder), ignore_errors=True)
    return run_command([python, "-m", "pip", "install", "--target", folder, "uv"], "setup-uv", step) == 0


def _runs(environment: Environment) -> bool:
    known = pythons.interpreter(environment.python)
    return known is not None and environment.fits(known[0])


def _make(environment: Environment, uv: Path) -> None:
    step = Step(f"Environment of the {environment.name}")
    _stamp(environment).clear()
    if not _runs(environment):
        python = pythons.find(environment.fits)
        if python is None:
            _fetch_and_make(environment, uv, step)
        else:
            must(
                [uv, "venv", "--clear", "--python", python, environment.folder],
                _log(environment),
                step,
                env=uv_environment(),
            )
    # Compiled here once: a machine may be told to keep no bytecode, and then every start would compile Rasa again.
    install = [uv, "pip", "sync", "--compile-bytecode", "--python", environment.python, environment.pins]
    must(install, _log(environment), step, env=uv_environment())
    _stamp(environment).write(_wanted(environment))
    step.done()


def _fetch_and_make(environment: Environment, uv: Path, step: Step) -> None:
    command = [uv, "venv", "--clear", "--python", environment.fetched, environment.folder]
    if run_command(command, _log(environment), step, env=uv_environment(downloads="automatic")) != 0:
        step.failed()
        raise Failure(
            f"{environment.needs} was not found, neither on the PATH nor in pyenv, and could not be fetched by uv."
        )


def uv_environment(downloads: str = "never") -> dict[str, str]:
    """The environment uv runs in: told which interpreter to take, it must not go and fetch another one."""
    return {**os.environ, "UV_PYTHON_DOWNLOADS": downloads, "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": ""}


def _wanted(environment: Environment) -> str:
    return fingerprint([environment.pins], ROOT)


def _stamp(environment: Environment) -> Stamp:
    # It lies in the environment, so that the two are deleted together.
    return Stamp(environment.folder / ".made-from")


def _log(environment: Environment) -> str:
    return f"setup-{environment.name}"
