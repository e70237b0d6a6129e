import pytest

from scripts import commands
from scripts import test as testing


@pytest.fixture(autouse=True)
def logs(tmp_path, monkeypatch):
    """What a tested step prints goes to a folder of the test's, not among the real logs."""
    folder = tmp_path / "logs"
    monkeypatch.setattr(commands, "LOGS", folder)
    monkeypatch.setattr(testing, "LOGS", folder)
    return folder
