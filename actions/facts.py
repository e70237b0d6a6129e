"""The limits of the dialogue that an operator may change (`facts.yml`)."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def fact(key: str) -> Any:
    """The value of a fact as the file says it now."""
    path = Path(os.environ.get("BOT_FACTS", "facts.yml"))
    return _read(path, path.stat().st_mtime_ns)[key]["value"]


@lru_cache(maxsize=1)
def _read(path: Path, _changed_at: int) -> dict[str, Any]:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
