"""The real actions client against a real desk and a real account system, each in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image

from actions.desk_client import DeskClient

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv" / "desk" / "bin" / "python"
INTERNAL_KEY, ACCOUNTS_KEY = "i" * 40, "a" * 40
READY_WITHIN = 60.0


class Process:
    """A part on a free port, with its log at hand when it does not start."""

    def __init__(self, module: str, log: Path, **environment: str) -> None:
        self.port, self._module, self._log = free_port(), module, log
        self._environment = {key: value.format(port=self.port) for key, value in environment.items()}
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> Process:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "SANDBOX_"))}
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(
                [str(PYTHON), "-m", self._module], cwd=ROOT, env={**kept, **self._environment}, stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            assert self._popen.poll() is None and time.monotonic() < deadline, self._log.read_text("utf-8")[-3000:]
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        self._popen.terminate()
        try:
            self._popen.wait(10)
        except subprocess.TimeoutExpired:
            self._popen.kill()

    def _is_ready(self) -> bool:
        try:
            return http().get(f"{self.url}/health", timeout=2).ok
        except requests.RequestException:
            return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def http() -> requests.Session:
    """Straight to this machine, past any proxy."""
    session = requests.Session()
    session.trust_env = False
    return session


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contract")


@pytest.fixture(scope="session")
def sandbox(folder: Path) -> Iterator[Process]:
    process = Process(
        "sandbox",
        folder / "sandbox.log",
        SANDBOX_PORT="{port}",
        SANDBOX_KEY=ACCOUNTS_KEY,
        SANDBOX_DATABASE_URL=f"sqlite:///{folder}/sandbox.sqlite3",
    ).start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def desk(folder: Path, sandbox: Process) -> Iterator[Process]:
    process = Process(
        "desk",
        folder / "desk.log",
        DESK_PORT="{port}",
        DESK_SECRET_KEY="s" * 40,
        DESK_INTERNAL_KEY=INTERNAL_KEY,
        DESK_ACCOUNTS_KEY=ACCOUNTS_KEY,
        DESK_ACCOUNTS_URL=sandbox.url,
        DESK_BOT_URL=f"http://127.0.0.1:{free_port()}",
        DESK_DATABASE_URL=f"sqlite+aiosqlite:///{folder}/desk.sqlite3",
        DESK_UPLOADS=f"{folder}/uploads",
    ).start()
    yield process
    process.stop()


@pytest.fixture
def client(desk: Process) -> DeskClient:
    return DeskClient(desk.url, INTERNAL_KEY)


_visitors = count(1)


class User:
    """Somebody at the widget, with a conversation of their own, from an address of their own."""

    def __init__(self, url: str) -> None:
        self._url, self._http = url, http()
        self._http.headers["x-forwarded-for"] = f"192.0.2.{next(_visitors)}"
        session = self._asked("/api/session", json={})
        self.conversation = session["conversation_id"]
        self._http.headers["Authorization"] = f"Bearer {session['token']}"

    def upload(self) -> str:
        """A picture that was not sent yet."""
        picture = BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        return self._asked("/api/attachments", data=picture.getvalue(), params={"name": "one.png"})["id"]

    def send_picture(self) -> str:
        attachment = self.upload()
        self._asked("/api/messages", json={"client_id": attachment, "attachments": [attachment]})
        return attachment

    def _asked(self, path: str, **request: Any) -> dict[str, Any]:
        answer = self._http.post(f"{self._url}{path}", timeout=10, **request)
        assert answer.ok, answer.text
        return answer.json()


@pytest.fixture
def new_user(desk: Process):
    return lambda: User(desk.url)


@pytest.fixture
def new_conversation(new_user):
    return lambda: new_user().conversation


@pytest.fixture
def conversation(new_conversation) -> str:
    return new_conversation()


_keys = count(1)


@pytest.fixture
def key():
    """A fresh idempotency key for each call, as each action of each message has."""
    return lambda: f"m_{next(_keys)}:action:0"
