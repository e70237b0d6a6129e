"""The bot as the desk meets it: real Rasa, real action server, and a fake desk behind HTTP."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

import requests

from scripts import model
from tests.conversations.fake_desk_server import FakeDeskServer

KEY = "a-key-for-tests-of-at-least-32-characters"
NOW = "2026-11-24T10:00:00+08:00"
READY_SECONDS = 180


@lru_cache(maxsize=1)
def shared_stack() -> "Stack":
    """One stack for the whole test run: starting it takes most of the time."""
    stack = Stack(Path(os.environ.get("BOT_MODEL") or model.ensure()))
    atexit.register(stack.close)
    return stack


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack:
    """Starts the parts on free ports and runs turns."""

    def __init__(self, model_file: Path) -> None:
        self.server = FakeDeskServer()
        self._folder = Path(tempfile.mkdtemp())
        self.facts = self._folder / "facts.yml"
        shutil.copy("facts.yml", self.facts)
        self._bot_port, self._actions_port = free_port(), free_port()
        self._actions = self._start_actions()
        self._bot = self._start(
            "bot", "rasa", "run", "-i", "127.0.0.1", "-p", str(self._bot_port), "-m", str(model_file)
        )
        self._wait(f"http://127.0.0.1:{self._actions_port}/health")
        self._wait(f"{self.bot_url}/webhooks/turn/")

    @property
    def bot_url(self) -> str:
        return f"http://127.0.0.1:{self._bot_port}"

    def stop_actions(self) -> None:
        self._actions.terminate()
        self._actions.wait()

    def start_actions_again(self) -> None:
        self._actions = self._start_actions()
        self._wait(f"http://127.0.0.1:{self._actions_port}/health")

    def post(self, body: dict[str, Any], key: str = KEY) -> requests.Response:
        headers = {"Authorization": f"Bearer {key}"}
        return requests.post(f"{self.bot_url}/webhooks/turn/run", json=body, headers=headers, timeout=60)

    def close(self) -> None:
        for process in (self._bot, self._actions):
            process.terminate()
            process.wait()
        self.server.close()
        shutil.rmtree(self._folder)

    def _start_actions(self) -> subprocess.Popen:
        return self._start("actions", "rasa_sdk", "--actions", "actions", "-p", str(self._actions_port))

    def _start(self, name: str, *words: str) -> subprocess.Popen:
        environment = {
            **os.environ,
            "DESK_INTERNAL_KEY": KEY,
            "BOT_ACTIONS_URL": f"http://127.0.0.1:{self._actions_port}/webhook",
            "ACTIONS_DESK_URL": self.server.url,
            "BOT_FACTS": str(self.facts),
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
        }
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", *words], env=environment, stdout=log, stderr=log)

    def _wait(self, url: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                if requests.get(url, timeout=5).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.3)
        logs = "\n".join(log.read_text(errors="replace")[-3000:] for log in self._folder.glob("*.log"))
        raise RuntimeError(f"{url} is not ready:\n{logs}")


class Conversation:
    """One user talking; carries the tracker as the desk does."""

    def __init__(self, stack: Stack, locale: str = "zh") -> None:
        self.id = uuid.uuid4().hex
        self.tracker: dict[str, Any] | None = None
        self.answer: dict[str, Any] = {}
        self._sent = 0
        self._stack = stack
        self._locale = locale

    def request(self, **said: Any) -> dict[str, Any]:
        context = {"locale": self._locale, "vouched": False, "now": NOW}
        message = {"conversation_id": self.id, "message_id": uuid.uuid4().hex, "tracker": self.tracker}
        return message | {"context": context} | said

    def say(self, text: str) -> dict[str, Any]:
        return self._run(text=text)

    def show(self, *kinds: str, text: str | None = None) -> dict[str, Any]:
        """Send a picture, video or file of each kind, numbered through the conversation, perhaps with words."""
        first, self._sent = self._sent + 1, self._sent + len(kinds)
        attachments = [{"id": f"f_{n}", "kind": kind, "name": f"{n}"} for n, kind in enumerate(kinds, first)]
        return self._run(attachments=attachments, text=text)

    def press(self, title: str) -> dict[str, Any]:
        """Press a button of the last answer by its words."""
        buttons = [b for reply in self.answer["replies"] for b in reply.get("buttons", [])]
        return self._run(payload=next(b["payload"] for b in buttons if b["title"] == title))

    def send(self, payload: str) -> dict[str, Any]:
        return self._run(payload=payload)

    @property
    def text(self) -> str:
        """All that was said in the last answer."""
        return "\n".join(reply.get("text", "") for reply in self.answer["replies"])

    @property
    def responses(self) -> list[str]:
        """The names of the sentences of the last answer."""
        names = []
        for event in reversed(self.tracker["events"]):
            if event["event"] == "user" and event["message_id"]:
                break
            if event["event"] == "bot" and "utter_action" in event["metadata"]:
                names.insert(0, event["metadata"]["utter_action"])
        return names

    def _run(self, **said: Any) -> dict[str, Any]:
        answer = self._stack.post(self.request(**said))
        assert answer.status_code == 200, answer.text
        self.answer = answer.json()
        self.tracker = self.answer["tracker"]
        return self.answer


def size_of(tracker: dict[str, Any]) -> int:
    return len(json.dumps(tracker))
