"""The suites of `make test`, in the order in which they run: what is quick to fail comes first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Sequence

from scripts import browser, clients, model, node, web
from scripts.layout import BOT_PYTHON, DESK_PYTHON, ROOT, VENVS

Environ = Dict[str, str]
REPORT = "{report}"  # stands in a command for the file its runner reports to


@dataclass(frozen=True)
class Check:
    """One command of a suite. Where it writes no report, its exit code stands for one test."""

    name: str
    command: tuple[object, ...]
    folder: Path = ROOT

    @property
    def reports(self) -> bool:
        """Whether the command reports its tests one by one."""
        return any(REPORT in str(word) for word in self.command)


@dataclass(frozen=True)
class Suite:
    """Checks that belong together, and what each of them must find in its environment."""

    name: str
    checks: Sequence[Check]
    needs: Sequence[Callable[[Environ], None]] = ()


def with_packages(environ: Environ) -> None:
    """Node, and the packages of both web parts."""
    environ.update(node.ensure())
    for part in web.PARTS:
        web.install(part, environ)


def with_bundles(_: Environ) -> None:
    """The built web parts."""
    web.ensure()


def with_clients(_: Environ) -> None:
    """Web clients written for Rasa."""
    clients.ensure()


def with_model(environ: Environ) -> None:
    """A trained model, named by BOT_MODEL."""
    environ["BOT_MODEL"] = str(model.ensure())


def with_browser(environ: Environ) -> None:
    """A browser, named by CHROMIUM."""
    environ["CHROMIUM"] = browser.ensure()


def _pytest(python: Path, *folders: str) -> Check:
    paths = [f"tests/{folder}" for folder in folders]
    return Check("pytest", (python, "-m", "pytest", "--quiet", "--color=no", f"--junitxml={REPORT}", *paths))


def _desk_tool(name: str, tool: str, *words: str) -> Check:
    return Check(name, (VENVS / "desk" / "bin" / tool, *words))


def _npm(name: str, part: str, *words: str) -> Check:
    return Check(name, ("npm", "run", *words), ROOT / "web" / part)


def _vitest(part: str) -> Check:
    return _npm(part, part, "test", "--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={REPORT}")


VALIDATE = (
    "rasa",
    "data",
    "validate",
    "--fail-on-warnings",
    "--domain",
    "domain.yml",
    "--config",
    "config.yml",
    "--data",
    "data",
)

SUITES = (
    Suite(
        "lint",
        (
            _desk_tool("style", "ruff", "check", "--output-format=concise", "."),
            _desk_tool("layout", "ruff", "format", "--check", "."),
            _desk_tool("imports", "lint-imports", "--no-logo"),
            _desk_tool("types", "mypy"),
            *(_npm(f"{part}-types", part, "check") for part in web.PARTS),
        ),
        (with_packages,),
    ),
    Suite("data", (Check("validate", (BOT_PYTHON, "-m", *VALIDATE)),)),
    Suite("bot", (_pytest(BOT_PYTHON, "nlu", "evaluation", "bot", "actions", "conversations"),), (with_model,)),
    Suite("desk", (_pytest(DESK_PYTHON, "bench", "desk", "sandbox", "scripts"),)),
    Suite("web", tuple(_vitest(part) for part in web.PARTS), (with_packages,)),
    Suite("contract", (_pytest(BOT_PYTHON, "contract"),), (with_model,)),
    Suite("journeys", (_pytest(DESK_PYTHON, "journeys"),), (with_bundles, with_clients, with_model, with_browser)),
)
