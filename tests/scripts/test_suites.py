"""How suites are chosen, run and counted."""

import sys

import pytest

from scripts import environments
from scripts import test as testing
from scripts.console import Failure
from scripts.layout import ROOT
from scripts.suites import REPORT, SUITES, Check, Suite

TESTS = """
import pytest

def test_that_passes():
    pass

{more}
"""
FAILS = "def test_that_fails():\n    assert False, 'because'"
SKIPS = "@pytest.mark.skip\ndef test_that_is_skipped():\n    pass"


@pytest.fixture(autouse=True)
def ready(monkeypatch):
    monkeypatch.setattr(environments, "ensure_all", lambda: None)


@pytest.fixture
def suite(tmp_path):
    def of(more):
        (tmp_path / "test_it.py").write_text(TESTS.format(more=more))
        return Suite("small", (pytest_in(tmp_path / "test_it.py"),))

    return of


def pytest_in(path):
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        f"--rootdir={path.parent}",
        f"--junitxml={REPORT}",
    )
    return Check("pytest", (*command, path), folder=path.parent)


def test_what_passes_is_counted(suite):
    result = testing.run(suite(""))

    assert (result.passed, result.failed) == (1, [])


@pytest.mark.parametrize(("more", "name"), [(FAILS, "test_that_fails"), (SKIPS, "test_that_is_skipped (skipped)")])
def test_what_fails_or_is_skipped_is_named(suite, capsys, more, name):
    result = testing.run(suite(more))

    assert result.passed == 1 and len(result.failed) == 1
    assert f"FAILED test_it: {name}\n" in capsys.readouterr().out


def test_a_missing_folder_fails(tmp_path):
    result = testing.run(Suite("small", (pytest_in(tmp_path / "nowhere"),)))

    assert result.passed == 0 and result.failed == ["pytest: exit 4, 0 passed"]


def test_a_runner_that_tests_nothing_fails(tmp_path):
    result = testing.run(Suite("small", (Check("nothing", (sys.executable, "-c", "", REPORT)),)))

    assert result.failed == ["nothing: exit 0, 0 passed"]


def test_a_runner_that_fails_after_its_tests_passed_fails(tmp_path):
    report = "open(__import__('sys').argv[1], 'w').write('<testsuite><testcase name=\"a\"/></testsuite>'); exit(3)"

    result = testing.run(Suite("small", (Check("odd", (sys.executable, "-c", report, REPORT)),)))

    assert (result.passed, result.failed) == (1, ["odd: exit 3, 1 passed"])


def test_a_command_without_a_report_counts_as_one(tmp_path):
    good, bad = (Check(name, (sys.executable, "-c", f"exit({code})")) for name, code in (("good", 0), ("bad", 1)))

    result = testing.run(Suite("small", (good, bad)))

    assert (result.passed, result.failed) == (1, ["bad: exit 1, 0 passed"])


def test_a_set_up_that_fails_fails_its_suite_and_lets_the_others_run(capsys):
    def refuse(_):
        raise Failure("There is no browser.")

    fine = Check("fine", (sys.executable, "-c", ""))

    assert testing.run_all([Suite("first", (fine,), (refuse,)), Suite("second", (fine,))]) == 1
    told = capsys.readouterr()
    assert "There is no browser." in told.err
    assert told.out.splitlines()[-1] == "1 passed, 1 failed"


def test_an_unknown_suite_is_refused_and_the_known_are_named():
    with pytest.raises(
        Failure, match="There is no suite 'unit'; there are lint, data, bot, desk, web, contract, journeys"
    ):
        testing.choose(["unit"])


def test_suites_run_in_their_order_when_none_is_named():
    assert testing.choose([]) == list(SUITES)
    assert [suite.name for suite in testing.choose(["web", "lint"])] == ["web", "lint"]


def test_every_folder_of_tests_belongs_to_a_suite():
    tested = {str(word) for suite in SUITES for check in suite.checks for word in check.command}
    folders = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}

    assert folders <= tested
