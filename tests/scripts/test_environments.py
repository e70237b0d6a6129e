"""Which Python is taken, and what is said when there is none."""

import sys
from pathlib import Path

import pytest

from scripts import environments, pythons
from scripts.console import Failure

OUR_OWN = sys.executable
SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def python_of(path, version):
    return program(path, f"#!/bin/sh\necho '{version.replace('.', ' ')} {path}'\n")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on it but what a test puts there."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "none"))
    monkeypatch.setattr(pythons, "_folders", lambda: [tmp_path / "bin"])
    monkeypatch.setattr(pythons.pwd, "getpwuid", lambda _: pythons.pwd.struct_passwd([*"nobody", str(tmp_path)]))
    return tmp_path


def is_310(version):
    return version[:2] == (3, 10)


def test_a_shim_that_fails_is_passed_over_for_pyenvs_own_versions(machine):
    program(machine / "bin" / "python3.10", SHIM)
    real = python_of(machine / ".pyenv/versions/3.10.13/bin/python3", "3.10.13")

    assert pythons.find(is_310) == real


def test_pyenv_is_found_from_its_shims_when_home_is_elsewhere(machine, monkeypatch):
    program(machine / "opt/pyenv/shims/python3.10", SHIM)
    real = python_of(machine / "opt/pyenv/versions/3.10.13/bin/python3", "3.10.13")
    monkeypatch.setattr(pythons, "_folders", lambda: [machine / "opt/pyenv/shims"])

    assert pythons.find(is_310) == real


def test_the_oldest_that_fits_is_taken(machine):
    for version in ("3.10.1", "3.12.1", "3.11.2", "3.13.0"):
        python_of(machine / "bin" / f"python{version[:4]}", version)

    assert pythons.find(lambda version: version >= (3, 11)) == machine / "bin" / "python3.11"


def test_no_python_and_none_to_be_fetched_is_one_clear_line(machine, monkeypatch):
    monkeypatch.setattr(environments, "VENVS", machine / "venvs")
    uv = program(machine / "bin" / "uv", '#!/bin/sh\n[ "$1" = --version ] && echo uv 1 && exit 0\nexit 2\n')
    assert environments.find_uv() == uv
    bot = environments.Environment("bot", "Python 3.10", is_310, "3.10")

    with pytest.raises(Failure) as failure:
        environments.ensure_all([bot])

    assert str(failure.value) == (
        "Python 3.10 was not found, neither on the PATH nor in pyenv, and could not be fetched by uv."
    )


def test_an_environment_is_made_once_and_again_when_its_pins_change(machine, monkeypatch):
    monkeypatch.setattr(environments, "VENVS", machine / "venvs")
    monkeypatch.setattr(environments, "REQUIREMENTS", machine)
    monkeypatch.setattr(environments, "ROOT", machine)
    calls = machine / "calls"
    make = f"""#!{OUR_OWN}
import os, sys
from pathlib import Path
if sys.argv[1] == "venv":
    (Path(sys.argv[-1]) / "bin").mkdir(parents=True)
    (Path(sys.argv[-1]) / "bin/python").symlink_to({str(machine / "bin/python3.10")!r})
print("uv 1")
open({str(calls)!r}, "a").write(sys.argv[1] + "\\n")
"""
    program(machine / "bin" / "uv", make)
    python_of(machine / "bin" / "python3.10", "3.10.13")
    pins = machine / "bot.txt"
    pins.write_text("rasa==3.6.21\n")
    bot = environments.Environment("bot", "Python 3.10", is_310, "3.10")

    def made_by(work):
        calls.write_text("")
        work()
        return [call for call in calls.read_text().split() if call != "--version"]

    assert made_by(lambda: environments.ensure_all([bot])) == ["venv", "pip"]
    assert made_by(lambda: environments.ensure_all([bot])) == []
    pins.write_text("rasa==3.6.22\n")
    assert made_by(lambda: environments.ensure_all([bot])) == ["pip"]


def test_too_full_a_disk_is_one_clear_line(tmp_path):
    with pytest.raises(Failure, match=r"^Not enough disk space: set-up needs 1000000000 GB"):
        environments.check_disk(tmp_path, needed=10**18)


def test_the_launcher_needs_nothing_that_is_not_in_the_standard_library():
    scripts = Path(environments.__file__).parent
    third_party = [file.name for file in scripts.glob("*.py") if "ruamel" in file.read_text()]

    assert third_party == ["fingerprint.py"]  # it alone runs in the desk's environment
