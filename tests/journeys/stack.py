"""The real parts as real processes, on free ports, in a folder of their own; each can be killed and started again."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import httpx

from scripts.layout import DESK_PYTHON, ROOT
from scripts.parts import DEFAULT_PORTS, Part, all_parts, shared_environment
from scripts.ports import free_ports
from tests.journeys.gateway import Gateway

ROADS = ("front", "bot", "actions", "desk", "accounts")
LEADS_TO = {
    "front": "DESK_PORT",
    "bot": "BOT_PORT",
    "actions": "ACTIONS_PORT",
    "desk": "DESK_PORT",
    "accounts": "SANDBOX_PORT",
}
OURS = ("DESK_", "BOT_", "ACTIONS_", "SANDBOX_")
LAST_WORDS = 3000  # characters of a log shown when its part does not start


class Process:
    """One part. It stays in our process group, so that whoever ends us for good ends it too."""

    def __init__(self, part: Part, environment: Mapping[str, str], log: Path) -> None:
        self.part = part
        self.log = log
        self._environment = environment  # as it is at each start: the database may be another one by then
        self._popen: subprocess.Popen[bytes] | None = None
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")

    @property
    def url(self) -> str:
        return f"http://{self.part.host}:{self.part.port}"

    @property
    def is_alive(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def start(self, **changed: str) -> None:
        """Start it, with some settings changed if so wished."""
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                self.part.command,
                cwd=ROOT,
                env={**self._environment, **self.part.environment, **changed},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_ready(self) -> None:
        deadline = time.monotonic() + self.part.ready_within
        while not self._answers():
            assert self._popen and self._popen.poll() is None, f"{self.part.name} ended:\n{self.last_words()}"
            assert time.monotonic() < deadline, f"{self.part.name} is not ready:\n{self.last_words()}"
            time.sleep(0.05)

    def kill(self) -> None:
        """As if the power went: nothing of it can clean up."""
        self._signal(signal.SIGKILL)

    def stop(self, seconds: float = 10.0) -> None:
        """Ask it to end, and insist after a while."""
        self._signal(signal.SIGTERM, seconds)
        self._signal(signal.SIGKILL)

    def last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-LAST_WORDS:]

    def _answers(self) -> bool:
        try:
            return httpx.get(self.part.ready_url, timeout=2, trust_env=False, verify=False).status_code == 200
        except httpx.HTTPError:
            return False

    def _signal(self, number: signal.Signals, seconds: float = 10.0) -> None:
        if self._popen is None:
            return
        try:
            self._popen.send_signal(number)
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            pass


class Stack:
    """All parts with the gateway on the roads between them."""

    def __init__(self, folder: Path, logs: Path, model: Path, database_url: str) -> None:
        free = iter(free_ports(len(DEFAULT_PORTS) + len(ROADS)))
        self.ports = {name: next(free) for name in DEFAULT_PORTS}
        roads = {road: next(free) for road in ROADS}
        self.urls = {road: f"http://127.0.0.1:{port}" for road, port in roads.items()}
        # People go straight to the desk; the road "front" is there for those whose connection is to break.
        self.desk_url = f"http://127.0.0.1:{self.ports['DESK_PORT']}"
        self.gateway = Gateway({road: (roads[road], self.ports[LEADS_TO[road]]) for road in ROADS})
        self._sign_ins: dict[str, dict[str, str]] = {}
        self.sandbox_database = f"sqlite:///{folder}/sandbox.sqlite3"
        self.uploads = folder / "uploads"
        self.environment = self._environment(database_url)
        self._model, self._logs = model, logs
        self.processes = {part.name: self._process(part) for part in all_parts(self.ports, model, {})}

    def start(self) -> None:
        """Start everything; when a part fails the rest is stopped."""
        self.gateway.start()
        try:
            self._prepare_database()
            for process in self.processes.values():
                process.start()
            for process in self.processes.values():
                process.wait_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            process.stop()
        self.gateway.stop()

    @property
    def passwords(self) -> dict[str, str]:
        """The demo agents' in the database of now."""
        return self._sign_ins[self.environment["DESK_DATABASE_URL"]]

    def use(self, database_url: str) -> None:
        """Go on with another database; only the desk has one."""
        if database_url != self.environment["DESK_DATABASE_URL"]:
            self.environment["DESK_DATABASE_URL"] = database_url
            self._prepare_database()
            self.restart("desk")

    def kill(self, name: str) -> None:
        self.processes[name].kill()

    def restart(self, name: str, **changed: str) -> None:
        """Start a killed part, or a running one with other settings, and wait until it is ready."""
        self.processes[name].kill()
        self.processes[name].start(**changed)
        self.processes[name].wait_ready()

    def another_desk(self, **settings: str) -> Process:
        """A second desk on the same database; whoever asked for it ends it."""
        (port,) = free_ports(1)
        parts = all_parts({**self.ports, "DESK_PORT": port}, self._model, {})
        (desk,) = (replace(part, name="another desk") for part in parts if part.name == "desk")
        process = self._process(desk)
        process.start(DESK_PORT=str(port), **settings)
        process.wait_ready()
        return process

    def mend(self) -> None:
        """Bring back what a test left dead."""
        for name, process in self.processes.items():
            if not process.is_alive:
                self.restart(name)

    def _process(self, part: Part) -> Process:
        return Process(part, self.environment, self._logs / f"{part.name}.log")

    def _environment(self, database_url: str) -> dict[str, str]:
        told = {
            "DESK_DATABASE_URL": database_url,
            "DESK_UPLOADS": str(self.uploads),
            "DESK_BOT_URL": self.urls["bot"],
            "DESK_ACCOUNTS_URL": self.urls["accounts"],
            "ACTIONS_DESK_URL": self.urls["desk"],
            "BOT_ACTIONS_URL": f"{self.urls['actions']}/webhook",
            "DESK_REST_CHANNEL_KEY": _secret(),
            # Everybody in these journeys comes from one address and is in a hurry.
            "DESK_SESSIONS_PER_MINUTE": "1000",
            "DESK_MESSAGES_PER_MINUTE": "1000",
            # A restarted bot needs its time to load; the journeys about giving up set their own.
            "DESK_BOT_GIVE_UP_SECONDS": "240",
            "SANDBOX_DATABASE_URL": self.sandbox_database,
            # A part that is started many times should not be compiled anew each time.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        keys = {name: _secret() for name in ("DESK_SECRET_KEY", "DESK_INTERNAL_KEY", "DESK_ACCOUNTS_KEY")}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return shared_environment(self.ports, keys, {**inherited, **told})

    def _prepare_database(self) -> None:
        """Migrate and make the demo agents, when the database is met first: their passwords are told once."""
        url = self.environment["DESK_DATABASE_URL"]
        if url not in self._sign_ins:
            self._sign_ins[url] = _sign_ins(self._run("desk.seed"))

    def _run(self, module: str) -> str:
        done = subprocess.run(
            [DESK_PYTHON, "-m", module], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _sign_ins(told: str) -> dict[str, str]:
    """Login and password from each line that tells a sign-in."""
    words = [line.split() for line in told.splitlines()]
    return {line[0]: line[-1] for line in words if len(line) >= 2}


def _secret() -> str:
    return secrets.token_urlsafe(32)
