"""Finds a Node that can build the web parts, or installs one from PyPI."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from scripts import environments
from scripts.commands import answer, must
from scripts.console import Step
from scripts.layout import REQUIREMENTS, VAR

OWN = VAR / "node"


def ensure() -> dict[str, str]:
    """An environment in which `node` and `npm` are new enough."""
    if _usable(shutil.which("node"), shutil.which("npm")):
        return dict(os.environ)
    own_bin = OWN / "bin"
    if not _usable(str(own_bin / "node"), str(own_bin / "npm")):
        _install()
    return {**os.environ, "PATH": f"{own_bin}{os.pathsep}{os.environ.get('PATH', '')}"}


def new_enough(version: str) -> bool:
    """What Vite 8 asks for: ^20.19 or 22.12 and newer."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found.group(1)), int(found.group(2))
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)


def _usable(node: str | None, npm: str | None) -> bool:
    return bool(node and npm and Path(npm).exists() and new_enough(answer([node, "--version"]) or ""))


def _install() -> None:
    step = Step("Node")
    uv = environments.find_uv()
    env = environments.uv_environment()
    must([uv, "venv", "--clear", "--python", environments.DESK.python, OWN], "setup-node", step, env=env)
    must(
        [uv, "pip", "sync", "--python", OWN / "bin" / "python", REQUIREMENTS / "node.txt"], "setup-node", step, env=env
    )
    step.done()
