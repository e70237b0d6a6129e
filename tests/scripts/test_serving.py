"""The launcher and its supervisor, with stand-ins for the parts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from scripts.layout import ROOT

HERE = Path(__file__).parent


class Service:
    """A launcher in a process of its own, as a person would start it."""

    def __init__(self, folder, port, *manner):
        self.folder, self.port = folder, port
        self.output = folder / "screen"
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "serve_stand_ins.py"), str(folder), str(port), *manner],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=self.output.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def screen(self):
        return self.output.read_text()

    def log(self):
        return (self.folder / "log" / "clerk.log").read_text()

    def ready(self):
        until(lambda: "ready" in self.screen().splitlines())
        return self

    def pids(self):
        """Of the supervisor, of the part as often as it was started, and of the part's own children."""
        supervisor = child_of(self.process.pid)
        return [supervisor, child_of(supervisor), *map(int, re.findall(r"child (\d+)", self.log()))]

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


def until(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def child_of(pid):
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path, port):
    services = []

    def begin(*manner):
        services.append(Service(tmp_path, port, *manner))
        return services[-1]

    yield begin
    for service in services:
        if service.process.poll() is None:
            service.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_leaves_no_process_behind(start, number):
    service = start().ready()
    pids = service.pids()
    assert len(pids) == 3 and all(map(alive, pids))

    service.end(number)

    assert not any(map(alive, pids))


@pytest.mark.parametrize("how", ["make is killed", "the terminal of make is closed"])
def test_a_starter_that_is_gone_without_a_word_leaves_no_process_behind(tmp_path, port, how):
    # The shell stands in for make: it starts the launcher and passes nothing on to it.
    launcher = [sys.executable, str(HERE / "serve_stand_ins.py"), str(tmp_path), str(port)]
    make = ["sh", "-c", 'trap "" HUP; "$@"; true', "make", *launcher]
    terminal, inner = os.openpty()
    process = subprocess.Popen(
        make,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
    )
    os.close(inner)
    until(lambda: b"ready" in os.read(terminal, 65536).splitlines())
    pids = [child_of(process.pid), child_of(child_of(process.pid)), child_of(child_of(child_of(process.pid)))]
    assert all(map(alive, pids))

    if how == "make is killed":
        process.kill()
    else:
        os.close(terminal)

    until(lambda: not any(map(alive, pids)))
    process.wait(timeout=20)


def test_a_launcher_killed_outright_leaves_no_process_behind(start):
    service = start().ready()
    pids = service.pids()

    service.end(signal.SIGKILL)

    until(lambda: not any(map(alive, pids)))


def test_a_supervisor_killed_outright_ends_everything_with_one_clear_line(start):
    service = start().ready()
    supervisor, *others = service.pids()

    os.kill(supervisor, signal.SIGKILL)

    assert service.process.wait(timeout=20) == 1
    assert "The supervisor has ended" in service.screen() and "Traceback" not in service.screen()
    until(lambda: not any(map(alive, others)))


def test_a_part_that_dies_is_started_again(start, port):
    service = start().ready()
    _, part, child = service.pids()

    os.kill(part, signal.SIGKILL)

    until(lambda: "The part clerk died and was started again" in service.screen())
    until(lambda: healthy(port))
    assert service.pids()[1] != part
    assert not alive(part) and not alive(child)


def test_the_parts_words_are_shown_under_its_name(start):
    service = start().ready()
    with (service.folder / "log" / "clerk.log").open("a") as log:
        log.write("something happened\n")

    until(lambda: re.search(r"^clerk │ something happened$", service.screen(), re.MULTILINE))


def test_a_part_that_is_not_ready_in_time_is_named_with_its_last_words(start):
    service = start("mute")

    assert service.process.wait(timeout=20) == 1
    assert "the last words of a stand-in" in service.screen()
    assert "The part clerk was not ready within 4 s" in service.screen()


def test_a_part_that_keeps_dying_is_not_waited_for(start):
    service = start("dies")

    assert service.process.wait(timeout=20) == 1
    assert "the last words of a stand-in" in service.screen()
    assert "The part clerk died 3 times while starting" in service.screen()


def test_a_taken_port_is_one_clear_line(start, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        service = start()

        assert service.process.wait(timeout=20) == 1
    line = f"Port {port} of the clerk is taken: stop what listens there, or set PART_PORT."
    assert service.screen().splitlines() == [line]
