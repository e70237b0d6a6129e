"""What config.yml sets: it is measured as the bot runs it."""

from typing import Any

from ruamel.yaml import YAML

from evaluation.layout import SETTINGS


def bots() -> dict[str, Any]:
    """All of it."""
    found: dict[str, Any] = YAML(typ="safe").load(SETTINGS)
    return found


def component(name: str) -> dict[str, Any]:
    """The settings of one component of the pipeline, by the name of its class."""
    (found,) = (part for part in bots()["pipeline"] if part["name"].split(".")[-1] == name)
    return {key: value for key, value in found.items() if key != "name"}
