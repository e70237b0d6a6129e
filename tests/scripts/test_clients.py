from pathlib import Path

import pytest

from scripts import clients


@pytest.fixture
def made(tmp_path, monkeypatch):
    """What npm was asked to do, for clients in a folder of the test's."""
    asked = []
    monkeypatch.setattr(clients, "ROOT", tmp_path)
    monkeypatch.setattr(clients, "FOLDER", tmp_path / "clients")
    monkeypatch.setattr(clients.node, "ensure", dict)
    monkeypatch.setattr(clients.web, "install", lambda name, env, folder: asked.append("install"))
    monkeypatch.setattr(clients, "must", lambda command, *_, **more: asked.append(" ".join(command)))
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients" / "package.json").write_text("{}")

    def ensure():
        asked.clear()
        clients.ensure()
        return list(asked)

    return ensure


def test_the_clients_are_brought_once_and_again_when_their_list_changes(made):
    assert made() == ["install", "npm run build"]
    assert made() == []
    Path(clients.FOLDER / "package.json").write_text("changed")
    assert made() == ["install", "npm run build"]
