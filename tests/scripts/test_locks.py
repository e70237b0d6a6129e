import os
import subprocess
import sys
import time

import pytest

from scripts import locks
from scripts.console import Failure
from scripts.layout import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from scripts import locks
with locks.{lock}("run", Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep({seconds})
"""


def holder(folder, lock="only_one", seconds=60):
    program = HOLDER.format(lock=lock, seconds=seconds)
    process = subprocess.Popen([sys.executable, "-c", program, folder], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_launcher_is_refused_in_one_clear_line(tmp_path):
    first = holder(tmp_path)
    try:
        line = rf"^`make run` is already running in this folder \(process {first.pid}\)\.$"
        with pytest.raises(Failure, match=line), locks.only_one("run", tmp_path):
            pass
    finally:
        first.kill()
        first.wait()


def test_a_launcher_that_was_killed_holds_nothing(tmp_path):
    first = holder(tmp_path)
    first.kill()
    first.wait()

    with locks.only_one("run", tmp_path):
        assert (tmp_path / "run.lock").read_text() == str(os.getpid())


def test_a_second_set_up_waits_for_the_first(tmp_path):
    first = holder(tmp_path, "one_after_another", seconds=0.5)
    began = time.monotonic()

    with locks.one_after_another("run", tmp_path):
        assert time.monotonic() - began > 0.2
    first.wait()
