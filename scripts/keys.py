"""Makes the secrets that the parts share, once, and keeps them where only their owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Mapping

from scripts import private
from scripts.layout import VAR

NAMES = ("DESK_SECRET_KEY", "DESK_INTERNAL_KEY", "DESK_ACCOUNTS_KEY")
FILE = VAR / "secrets.env"


def load(environ: Mapping[str, str] = os.environ, path: Path = FILE) -> dict[str, str]:
    """The secrets to start with: from the environment where set there, else those of the file, made if missing."""
    kept = _read(path)
    made = {name: secrets.token_urlsafe(32) for name in NAMES if name not in kept and not environ.get(name)}
    if made:
        kept.update(made)
        private.write(path, "".join(f"{name}={value}\n" for name, value in kept.items()))
    return {name: environ.get(name) or kept[name] for name in NAMES}


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    os.chmod(str(path), 0o600)
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}
