"""Our pipeline and the stock ones: each trained once for the same content, then asked, in processes of their own."""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evaluation import answers, settings
from evaluation.answers import Answer
from evaluation.layout import CONFIG, HOME, MODEL, NLU, TRAINING
from evaluation.sets import Examples
from scripts import environments, model
from scripts.commands import must
from scripts.console import Step
from scripts.fingerprint import trained_modules
from scripts.layout import BOT_PYTHON, REQUIREMENTS, ROOT
from scripts.stamps import files_under, fingerprint

PIPELINES = Path(__file__).with_name("pipelines")
STOCK_NEEDS = REQUIREMENTS / "bench.txt"  # on top of the bot's environment
KEPT = 8  # models of each contender
OURS, LOGISTIC, DIET = "ours", "stock-logistic", "stock-diet"


@dataclass(frozen=True)
class Answered:
    """The answers to all questions, and what the process held in memory after them."""

    answers: Sequence[Answer]
    memory_mb: float


def ensure(name: str, examples: Examples, chinese: bool) -> Path:
    """The folder of the contender's model, trained if nobody has trained it with this content yet."""
    written = HOME / f"{name}-new"
    shutil.rmtree(written, ignore_errors=True)
    written.mkdir(parents=True)
    (written / NLU).write_text(training_data(examples), encoding="utf-8")
    YAML().dump(config(name, chinese), written / CONFIG)
    folder = HOME / f"{name}-{fingerprint([*files_under(written), *_sources(name)], ROOT)}"
    if (folder / TRAINING).exists():
        shutil.rmtree(written)
        os.utime(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        written.rename(folder)
        _teach(name, folder, len(examples))
    _forget_old(name)
    return folder


def cost(folder: Path) -> dict[str, Any]:
    """What the training took, and when it was."""
    path = folder / TRAINING
    trained = datetime.fromtimestamp(path.stat().st_mtime).isoformat(timespec="minutes")
    return {**json.loads(path.read_text(encoding="utf-8")), "at": trained}


def ask(name: str, folder: Path, texts: Sequence[str], out_of_scope: str | None) -> Answered:
    """What the trained model makes of the texts, one by one."""
    step = Step(f"Asking {name}")
    questions, to = folder / "questions.json", folder / "answers.json"
    questions.write_text(json.dumps({"texts": texts, "out_of_scope": out_of_scope}), encoding="utf-8")
    command = [BOT_PYTHON, "-m", "evaluation.ask", folder / MODEL, questions, to]
    must(command, f"evaluate-ask-{name}", step, env=environment())
    step.done(f"{len(texts)} sentences")
    return Answered(answers.read(to), float(to.with_suffix(".memory").read_text()))


def config(name: str, chinese: bool) -> dict[str, Any]:
    """The configuration: ours is that of the bot."""
    if name == OURS:
        ours = settings.bots()
        return {key: ours[key] for key in ("recipe", "assistant_id", "language", "pipeline")}
    stock: dict[str, Any] = YAML(typ="safe").load(PIPELINES / f"{name.removeprefix('stock-')}.yml")
    if not chinese:
        stock["language"] = "en"
        stock["pipeline"][0] = {"name": "WhitespaceTokenizer"}
    return stock


def training_data(examples: Examples) -> str:
    """Rasa's JSON: in its YAML, brackets and a line's edges would mean something."""
    rows = [
        {"text": example.text, "intent": example.intent, "entities": [], "intent_metadata": {"voice": example.voice}}
        for example in examples
    ]
    return json.dumps({"rasa_nlu_data": {"common_examples": rows}})


def environment() -> dict[str, str]:
    """Every training is a whole one (no cache of Rasa's), and stock finds its tokenizer."""
    return {
        **model.environment(),
        "RASA_MAX_CACHE_SIZE": "0",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(_packages()))),
    }


def _sources(name: str) -> list[Path]:
    pins = [REQUIREMENTS / "bot.txt"]
    return [*pins, *trained_modules(ROOT)] if name == OURS else [*pins, STOCK_NEEDS]


def _teach(name: str, folder: Path, size: int) -> None:
    step = Step(f"Training {name} on {size} examples")
    if name != OURS and not _packages().exists():
        _install(step)
    must([BOT_PYTHON, "-m", "evaluation.teach", folder], f"evaluate-teach-{name}", step, env=environment())
    step.done()


def _packages() -> Path:
    return HOME / f"packages-{fingerprint([STOCK_NEEDS], ROOT)}"


def _install(step: Step) -> None:
    aside = HOME / "packages-new"
    shutil.rmtree(aside, ignore_errors=True)
    install = [environments.find_uv(), "pip", "install", "--no-deps", "--python", BOT_PYTHON]
    where = ["--target", aside, "-r", STOCK_NEEDS]
    must([*install, *where], "evaluate-setup", step, env=environments.uv_environment())
    aside.rename(_packages())


def _forget_old(name: str) -> None:
    folders = sorted(HOME.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in folders[KEPT:]:
        shutil.rmtree(folder)
