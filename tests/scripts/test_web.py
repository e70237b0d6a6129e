import pytest

from scripts import node, web


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_node_must_be_new_enough_for_the_bundler(version, enough):
    assert node.new_enough(version) is enough


@pytest.fixture
def part(tmp_path, monkeypatch):
    """A web part whose npm notes what it was asked to do."""
    monkeypatch.setattr(web, "ROOT", tmp_path)
    monkeypatch.setattr(web, "VAR", tmp_path / "var")
    monkeypatch.setattr(web, "STAMPS", tmp_path / "var" / "stamps")
    monkeypatch.setattr(web, "PARTS", ("widget",))
    monkeypatch.setattr(web.node, "ensure", lambda: {"PATH": f"{tmp_path / 'bin'}:/bin:/usr/bin"})
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(
        f"#!/bin/sh\necho $1 >> {tmp_path}/calls\nmkdir -p node_modules {tmp_path}/var/web/widget\n"
        f"echo built > {tmp_path}/var/web/widget/widget.js\n"
    )
    npm.chmod(0o755)
    folder = tmp_path / "web" / "widget"
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "element.tsx"):
        (folder / name).write_text("{}")
    return folder


def calls(part):
    web.ensure()
    file = part.parent.parent / "calls"
    made = file.read_text().split() if file.exists() else []
    file.write_text("")
    return made


def test_a_bundle_is_built_once_and_again_when_its_sources_change(part):
    assert calls(part) == ["ci", "run"]
    assert calls(part) == []

    (part / "element.tsx").write_text("changed")
    assert calls(part) == ["run"]

    (part / "package-lock.json").write_text("changed")
    assert calls(part) == ["ci", "run"]


def test_a_bundle_that_was_removed_is_built_again(part):
    calls(part)

    (part.parent.parent / "var" / "web" / "widget" / "widget.js").unlink()

    assert calls(part) == ["run"]
