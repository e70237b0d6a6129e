"""The parts of the running service: how each is started and how one knows that it is ready."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

from scripts.console import Failure
from scripts.layout import BOT_PYTHON, DESK_PYTHON

HOST = "127.0.0.1"
DEFAULT_PORTS = {"DESK_PORT": 8000, "BOT_PORT": 5005, "ACTIONS_PORT": 5055, "SANDBOX_PORT": 5100}


@dataclass(frozen=True)
class Part:
    """One process of the service."""

    name: str
    command: tuple[str, ...]
    port: int
    port_setting: str
    ready_path: str
    ready_within: float  # seconds
    environment: dict[str, str] = field(default_factory=dict)
    host: str = HOST

    @property
    def ready_url(self) -> str:
        """Answers 200 as soon as the part can do its work."""
        return f"http://{self.host}:{self.port}{self.ready_path}"


def all_parts(ports: Mapping[str, int], model: Path, environ: Mapping[str, str] = os.environ) -> list[Part]:
    """The parts to start; the sandbox only while no own account system is named."""
    parts = [_actions(ports["ACTIONS_PORT"]), _bot(ports["BOT_PORT"], model), _desk(ports["DESK_PORT"], environ)]
    return parts if environ.get("DESK_ACCOUNTS_URL") else [_sandbox(ports["SANDBOX_PORT"]), *parts]


def read_ports(environ: Mapping[str, str] = os.environ) -> dict[str, int]:
    """The port of each part, as the environment or the default says."""
    ports = {name: _port(name, environ.get(name) or str(default)) for name, default in DEFAULT_PORTS.items()}
    if len(set(ports.values())) < len(ports):
        raise Failure("Two parts cannot share a port: " + ", ".join(f"{name}={port}" for name, port in ports.items()))
    return ports


def shared_environment(
    ports: Mapping[str, int], secrets: Mapping[str, str], environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """What every part is told: where the others are and the keys they share. What the environment says wins."""
    desk, bot, actions, sandbox = (f"http://{HOST}:{ports[name]}" for name in DEFAULT_PORTS)
    told = {
        "DESK_BOT_URL": bot,
        "DESK_ACCOUNTS_URL": sandbox,
        "ACTIONS_DESK_URL": desk,
        "BOT_ACTIONS_URL": f"{actions}/webhook",
        "SANDBOX_KEY": secrets["DESK_ACCOUNTS_KEY"],
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        **{name: str(port) for name, port in ports.items()},
        **secrets,
    }
    return {**told, **{name: value for name, value in environ.items() if value or name not in told}}


def _sandbox(port: int) -> Part:
    return Part("sandbox", _python(DESK_PYTHON, "sandbox"), port, "SANDBOX_PORT", "/health", 30)


def _desk(port: int, environ: Mapping[str, str]) -> Part:
    host = environ.get("DESK_HOST") or HOST
    reached = HOST if host in ("0.0.0.0", "::") else host
    return Part("desk", _python(DESK_PYTHON, "desk"), port, "DESK_PORT", "/health", 60, host=reached)


def _actions(port: int) -> Part:
    # The SDK has no option for its address, only this variable; unset, it would listen to the whole network.
    loopback = {"SANIC_HOST": HOST}
    command = _python(BOT_PYTHON, "rasa_sdk", "--actions", "actions", "-p", str(port))
    return Part("actions", command, port, "ACTIONS_PORT", "/health", 60, loopback)


def _bot(port: int, model: Path) -> Part:
    options = [
        "-m",
        str(model),
        "--endpoints",
        "endpoints.yml",
        "--credentials",
        "credentials.yml",
        "-i",
        HOST,
        "-p",
        str(port),
    ]
    return Part("bot", _python(BOT_PYTHON, "rasa", "run", *options), port, "BOT_PORT", "/webhooks/turn/", 180)


def _python(python: Path, *words: str) -> tuple[str, ...]:
    return (str(python), "-m", *words)


def _port(name: str, value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Failure(f"{name} must be a port between 1 and 65535, not {value!r}.")
    return int(value)
