"""`make clean`: removes what can be made again; conversations, attachments, secrets and sign-ins stay."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts import locks
from scripts.console import say
from scripts.layout import LOGS, MODELS, ROOT, STAMPS, VAR, VENVS

MADE = [
    VENVS,
    LOGS,
    MODELS,
    STAMPS,
    VAR / "web",
    VAR / "node",
    VAR / "rasa-cache",
    *(ROOT / "web" / part / "node_modules" for part in ("widget", "console")),
    *(ROOT / "tests" / "clients" / name for name in ("node_modules", "dist")),
    *(
        ROOT / name
        for name in (".rasa", ".hypothesis", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".import_linter_cache")
    ),
]


def main() -> None:
    """Remove environments, packages, bundles, models and logs."""
    with locks.only_one("run"), locks.one_after_another("setup"):
        for path in MADE:
            _remove(path)
    say("Cleaned. The database, the uploads and the secrets in var/ are kept; remove var/ to begin from nothing.")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(str(path))
