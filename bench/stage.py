"""All parts of both contenders as processes of one bench, on free ports, with secrets and databases made for it."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench import accounts, stock
from bench.talks import LOOK_UP
from scripts import keys, ports, readiness
from scripts.commands import shown
from scripts.console import Failure
from scripts.layout import DESK_PYTHON, VAR
from scripts.parts import DEFAULT_PORTS, HOST, Part, all_parts, shared_environment
from scripts.supervisor import Supervisor

# On the disk where databases really lie: in a folder kept in memory nothing would wait for a disk.
FOLDER = VAR / "bench" / "run"
# Everybody here comes from one address and never pauses.
NO_LIMITS = {"DESK_SESSIONS_PER_MINUTE": "1000000", "DESK_MESSAGES_PER_MINUTE": "1000000"}
MORE_PORTS = ("STOCK_BOT_PORT", "STOCK_ACTIONS_PORT", "IDLE_PORT")
SETTINGS = ("DESK_", "BOT_", "ACTIONS_", "SANDBOX_", "STOCK_")


class Stage:
    """The running parts: where they are reached, and which process group each is."""

    def __init__(self, supervisor: Supervisor, chosen: Mapping[str, int]) -> None:
        self._supervisor, self._ports = supervisor, chosen
        self.groups = self._running()

    def url(self, port: str) -> str:
        """Where the part with this port listens."""
        return f"http://{HOST}:{self._ports[port]}"

    def check_alive(self) -> None:
        """A part that died and was started again has spoilt the figures."""
        running = self._running()
        dead = [name for name, group in self.groups.items() if running.get(name) != group]
        if dead:
            raise Failure(f"Died during the bench: {', '.join(dead)}; {shown(FOLDER / 'log')} says why.")

    def database_bytes(self) -> int:
        """How large the desk's database has become."""
        return sum(path.stat().st_size for path in FOLDER.glob("desk.sqlite3*"))

    def _running(self) -> dict[str, int]:
        return {name: state["pid"] for name, state in self._supervisor.states().items()}


@contextmanager
def built(model: Path, project: Path) -> Iterator[Stage]:
    """Start everything, and stop everything whatever happens. Logs and databases stay until the next bench."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    names = (*DEFAULT_PORTS, *MORE_PORTS)
    chosen = dict(zip(names, ports.free_ports(len(names)), strict=True))
    started = [*all_parts(chosen, model, {}), *stock.parts(project, chosen), _idle(chosen["IDLE_PORT"])]
    with Supervisor(started, _environment(chosen), FOLDER) as supervisor:
        supervisor.start()
        readiness.wait(started, supervisor)
        accounts.copy(FOLDER / "sandbox.sqlite3", max(LOOK_UP.at_once))
        yield Stage(supervisor, chosen)


def _environment(chosen: Mapping[str, int]) -> dict[str, str]:
    """The service as it is by itself, except for what this bench needs; no setting of the caller's reaches it."""
    told = {
        "DESK_DATABASE_URL": f"sqlite+aiosqlite:///{FOLDER}/desk.sqlite3",
        "SANDBOX_DATABASE_URL": f"sqlite:///{FOLDER}/sandbox.sqlite3",
        "DESK_UPLOADS": f"{FOLDER}/uploads",
        **NO_LIMITS,
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    made = {name: secrets.token_urlsafe(32) for name in keys.NAMES}
    return shared_environment(chosen, made, {**inherited, **told})


def _idle(port: int) -> Part:
    command = (str(DESK_PYTHON), "-m", "bench.idle", str(port))
    return Part("idle", command, port, "IDLE_PORT", "/health", 30)
