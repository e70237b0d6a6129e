"""Makes the stock Rasa project and trains it once: the same content finds the same model again."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from scripts import environments, model
from scripts.commands import must
from scripts.console import Step
from scripts.layout import BOT_PYTHON, REQUIREMENTS, ROOT, VAR
from scripts.parts import HOST, Part
from scripts.stamps import files_under, fingerprint

TEMPLATE = Path(__file__).with_name("stock_project")
HOME = VAR / "bench"
NEEDS = REQUIREMENTS / "bench.txt"  # on top of the bot's environment
PINS = (REQUIREMENTS / "bot.txt", NEEDS)
MODEL = "model.tar.gz"
EXAMPLES = 20  # of each intent: enough to learn from, few enough to be trained within minutes


def ensure() -> Path:
    """The folder of the trained project."""
    written = HOME / "stock-new"
    shutil.rmtree(written, ignore_errors=True)
    _write(written)
    project = HOME / f"stock-{fingerprint([*files_under(written), *PINS], ROOT)}"
    if not (project / MODEL).exists():
        shutil.rmtree(project, ignore_errors=True)
        written.rename(project)
        _train(project)
    return project


def _write(project: Path) -> None:
    """What it learns from; the rest is used where it lies."""
    shutil.copytree(TEMPLATE / "data", project / "data")
    for name in ("config.yml", "domain.yml"):
        shutil.copy(TEMPLATE / name, project)
    found = examples(ROOT / "data" / "nlu", intents())
    blocks = [{"intent": intent, "examples": LiteralScalarString(texts)} for intent, texts in found]
    YAML().dump({"version": "3.1", "nlu": blocks}, project / "data" / "nlu.yml")


def intents() -> set[str]:
    """What the stock project understands."""
    return set(YAML(typ="safe").load(TEMPLATE / "domain.yml")["intents"])


def examples(folder: Path, known: set[str], most: int = EXAMPLES) -> Iterator[tuple[str, str]]:
    """The first examples of each intent, the plainest before the others, in the shape of Rasa's training data."""
    found: dict[str, list[str]] = {}
    blocks = [block for path in sorted(folder.glob("*.yml")) for block in YAML(typ="safe").load(path)["nlu"]]
    for block in sorted(blocks, key=lambda block: (block.get("metadata") or {}).get("voice") != "plain"):
        if block.get("intent") in known:
            found.setdefault(block["intent"], []).extend(block["examples"].splitlines())
    return ((intent, "\n".join(lines[:most]) + "\n") for intent, lines in sorted(found.items()))


def _train(project: Path) -> None:
    step = Step("Training the stock project")
    install = [environments.find_uv(), "pip", "install", "--no-deps", "--python", BOT_PYTHON]
    must(
        [*install, "--target", project / "python", "-r", NEEDS], "bench-setup", step, env=environments.uv_environment()
    )
    command = [
        BOT_PYTHON,
        "-m",
        "rasa",
        "train",
        "--config",
        project / "config.yml",
        "--domain",
        project / "domain.yml",
    ]
    where = ["--data", project / "data", "--out", project, "--fixed-model-name", "in-training"]
    must([*command, *where], "bench-train", step, env={**model.environment(), **_environment(project)})
    os.replace(project / "in-training.tar.gz", project / MODEL)
    step.done()


def parts(project: Path, ports: Mapping[str, int]) -> list[Part]:
    """Its bot and its action server."""
    told = _environment(project) | {
        "STOCK_ACTIONS_URL": f"http://{HOST}:{ports['STOCK_ACTIONS_PORT']}/webhook",
        "STOCK_ACCOUNTS_URL": f"http://{HOST}:{ports['SANDBOX_PORT']}",
        "SANIC_HOST": HOST,
    }
    return [_actions(ports["STOCK_ACTIONS_PORT"], told), _bot(project, ports["STOCK_BOT_PORT"], told)]


def _environment(project: Path) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join((str(TEMPLATE), str(project / "python")))}


def _actions(port: int, told: dict[str, str]) -> Part:
    command = (str(BOT_PYTHON), "-m", "rasa_sdk", "--actions", "stock_actions", "-p", str(port))
    return Part("stock-actions", command, port, "STOCK_ACTIONS_PORT", "/health", 60, told)


def _bot(project: Path, port: int, told: dict[str, str]) -> Part:
    files = {
        "-m": project / MODEL,
        "--endpoints": TEMPLATE / "endpoints.yml",
        "--credentials": TEMPLATE / "credentials.yml",
    }
    options = [word for option, path in files.items() for word in (option, str(path))]
    # The API serves to write a long past into a tracker; a turn knows nothing of it.
    command = (str(BOT_PYTHON), "-m", "rasa", "run", *options, "--enable-api", "-i", HOST, "-p", str(port))
    return Part("stock-bot", command, port, "STOCK_BOT_PORT", "/status", 600, told)
