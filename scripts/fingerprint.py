"""Tells which model the sources call for. Apart from the launcher, in the desk's environment: it reads YAML."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Iterator

from ruamel.yaml import YAML

from scripts.layout import ROOT
from scripts.stamps import files_under, fingerprint


def of_model(root: Path = ROOT) -> str:
    """A hash of all that training reads. What the bot says is no part of it: words change without training."""
    paths = [
        root / "config.yml",
        root / "requirements" / "bot.txt",
        *files_under(root / "data"),
        *(path for path in files_under(root / "bot") if path.suffix != ".py"),
        *trained_modules(root),
    ]
    return fingerprint(paths, root, domain_without_words(root / "domain.yml"))


def domain_without_words(path: Path) -> str:
    """The domain's names, without the text under its response keys and without comments and layout."""
    domain = dict(YAML(typ="safe", pure=True).load(path))
    domain["responses"] = sorted(domain.get("responses") or {})
    return json.dumps(domain, sort_keys=True, ensure_ascii=False)


def trained_modules(root: Path) -> set[Path]:
    """The modules that config.yml names as components, and those of `bot` that they import in turn."""
    named = re.findall(r"name:\s*[\"']?(bot(?:\.\w+)+)\.\w+", (root / "config.yml").read_text("utf-8"))
    found: set[Path] = set()
    waiting = [path for path in (_module(root, name) for name in named) if path]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_imported(root, path))
    return found


def _imported(root: Path, path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from filter(None, (_module(root, name) for name in names if name.split(".")[0] == "bot"))


def _module(root: Path, name: str) -> Path | None:
    path = root.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


if __name__ == "__main__":
    print(of_model())
