import pytest

from scripts import browser
from scripts.console import Failure


def chromium(path, runs=True):
    path.write_text(f"#!/bin/sh\n{'echo Chromium 150' if runs else 'exit 1'}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine without a browser, where none can be installed."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "DESK_PYTHON", "false")
    monkeypatch.setattr(browser, "_on_path", lambda: None)
    monkeypatch.setattr(browser, "_check_fonts", lambda: None)
    monkeypatch.setattr(browser, "_apt_install", lambda package, step: 1)
    return tmp_path


def test_the_browser_that_is_named_is_taken(machine, monkeypatch):
    named = chromium(machine / "mine")
    monkeypatch.setattr(browser, "_on_path", lambda: chromium(machine / "other"))
    monkeypatch.setenv("CHROMIUM", named)

    assert browser.ensure() == named


def test_a_browser_that_does_not_run_is_passed_over(machine, monkeypatch):
    monkeypatch.setenv("CHROMIUM", chromium(machine / "broken", runs=False))
    monkeypatch.setattr(browser, "_on_path", lambda: chromium(machine / "other"))

    assert browser.ensure() == str(machine / "other")


def test_without_a_browser_the_suite_fails_loudly():
    with pytest.raises(Failure, match=r"^No Chromium was found or could be installed"):
        browser.ensure()
