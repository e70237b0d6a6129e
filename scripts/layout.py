"""Where things lie in the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOGS = VAR / "log"
MODELS = VAR / "models"
STAMPS = VAR / "stamps"
VENVS = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"

BOT_PYTHON = VENVS / "bot" / "bin" / "python"
DESK_PYTHON = VENVS / "desk" / "bin" / "python"
