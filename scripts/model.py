"""Trains the bot's model when its sources call for one that is not there yet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.commands import ask, must
from scripts.console import Step
from scripts.layout import BOT_PYTHON, DESK_PYTHON, MODELS, VAR

KEPT = 3


def ensure() -> Path:
    """The model that the sources call for, trained if need be."""
    model = MODELS / f"{ask([DESK_PYTHON, '-m', 'scripts.fingerprint'])}.tar.gz"
    if model.exists():
        os.utime(str(model))  # in use: the newest of those kept
    else:
        _train(model)
    forget_old()
    return model


def forget_old(folder: Path = MODELS, kept: int = KEPT) -> None:
    """Keep the models used last, and drop the rest."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[kept:]:
        model.unlink()


def _train(model: Path) -> None:
    step = Step("Training the bot")
    # Trained aside and moved in place whole: an interrupted training must not look like a model.
    aside = MODELS / "in-training"
    shutil.rmtree(str(aside), ignore_errors=True)
    command = [BOT_PYTHON, "-m", "rasa", "train", "--out", aside, "--fixed-model-name", model.name[: -len(".tar.gz")]]
    # Checking reads all the data once more, a third of the time; the tests check it (suite "data").
    must([*command, "--skip-validation"], "train", step, env=environment())
    os.replace(str(aside / model.name), str(model))
    shutil.rmtree(str(aside), ignore_errors=True)
    step.done(model.name)


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(VAR / "rasa-cache"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",  # Rasa's old dependencies warn by the hundred
    }
