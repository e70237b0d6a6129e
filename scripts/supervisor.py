"""Runs the parts under supervisord: starts them, restarts what dies, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import xmlrpc.client
from pathlib import Path
from typing import Iterable, Mapping

from scripts import commands, private, signals
from scripts.console import Failure
from scripts.layout import ROOT, VENVS
from scripts.parts import Part

SUPERVISORD = VENVS / "desk" / "bin" / "supervisord"
STOP_SECONDS = 10  # what a part gets to finish before it is killed
DEAD_BECAUSE = (ConnectionError, FileNotFoundError, http.client.HTTPException, socket.timeout, OSError)


class Supervisor:
    """The parts of one `make run`, as children of one supervisord. Used as a context: leaving it stops everything."""

    def __init__(
        self, parts: Iterable[Part], env: Mapping[str, str], folder: Path, program: Path = SUPERVISORD
    ) -> None:
        self._parts = list(parts)
        self._env = dict(env)
        self._config = folder / "supervisord.conf"
        self._logs = folder / "log"
        self._program = program
        # A socket's path may have 107 characters at most, and nobody knows how deep this repository lies.
        self._private = Path(tempfile.mkdtemp(prefix="kefu-", dir="/tmp" if os.path.isdir("/tmp") else None))
        self._process: subprocess.Popen[bytes] | None = None
        self._groups: set[int] = set()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        with signals.not_now():
            try:
                self._stop()
            finally:
                self._kill_rest()
                shutil.rmtree(str(self._private), ignore_errors=True)

    def start(self) -> None:
        """Start supervisord, which starts the parts."""
        self._logs.mkdir(parents=True, exist_ok=True)
        private.write(self._config, configuration(self._parts, self._private / "s", self._logs))
        command = [str(self._program), "--nodaemon", "--silent", "--configuration", str(self._config)]
        with (self._logs / "supervisord.err").open("wb") as complaints:
            self._process = subprocess.Popen(
                command,
                cwd=str(ROOT),
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def states(self) -> dict[str, dict]:
        """What supervisord knows of each part; nothing while it is not up yet. Fails when it is gone."""
        if self._process is None or self._process.poll() is not None:
            raise Failure(f"The supervisor has ended; {commands.shown(self._logs / 'supervisord.log')} says why.")
        try:
            states = {state["name"]: state for state in _call(self._private / "s")}
        except DEAD_BECAUSE:
            return {}
        self._note_groups({state["pid"] for state in states.values() if state["pid"]})
        return states

    def _note_groups(self, living: set[int]) -> None:
        # What a dead part had started is ended now: later its number may be somebody else's.
        for group in self._groups - living:
            commands.end_group(group)
        self._groups = living

    def log_of(self, part: Part) -> Path:
        """Where what the part prints is kept."""
        return self._logs / f"{part.name}.log"

    def _stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        with contextlib.suppress(Failure):
            self.states()  # know all process groups before their keeper goes
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=STOP_SECONDS * (len(self._parts) + 1))

    def _kill_rest(self) -> None:
        for group in self._groups:
            commands.end_group(group)
        if self._process is not None:
            commands.end_group(self._process.pid)
            self._process.wait()


def configuration(parts: Iterable[Part], control: Path, logs: Path) -> str:
    """What supervisord is told. Secrets are not in it: the parts inherit them."""
    head = [
        "[supervisord]",
        f"logfile={_escaped(logs / 'supervisord.log')}",
        f"pidfile={_escaped(control.with_name('pid'))}",
        f"childlogdir={_escaped(logs)}",
        "[unix_http_server]",
        f"file={_escaped(control)}",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    ]
    return "\n".join(head + [line for part in parts for line in _program(part, logs)]) + "\n"


def _program(part: Part, logs: Path) -> list[str]:
    environment = ",".join(f'{name}="{_escaped(value)}"' for name, value in part.environment.items())
    return [
        f"[program:{part.name}]",
        f"command={_escaped(' '.join(map(shlex.quote, part.command)))}",
        f"directory={_escaped(ROOT)}",
        f"environment={environment}",
        "autorestart=true",
        "startsecs=3",
        "startretries=1000000",  # each try waits a second longer than the last: it slows down but never gives up
        "stopasgroup=true",
        "killasgroup=true",
        f"stopwaitsecs={STOP_SECONDS}",
        "redirect_stderr=true",
        f"stdout_logfile={_escaped(logs / f'{part.name}.log')}",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=2",
    ]


def _escaped(value: object) -> str:
    return str(value).replace("%", "%%")


def _end_with_parent() -> None:
    # Should the launcher be killed so hard that it cannot stop the supervisor, Linux tells it to stop.
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=5)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class _UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: object) -> http.client.HTTPConnection:  # noqa: ARG002 -- named by the base class
        return _UnixConnection(self._path)


def _call(path: Path) -> list[dict]:
    proxy = xmlrpc.client.ServerProxy("http://localhost", transport=_UnixTransport(path))
    return proxy.supervisor.getAllProcessInfo()  # type: ignore[return-value]
