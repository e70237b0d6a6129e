import os

import pytest

from scripts.console import Failure
from scripts.stamps import Stamp, files_under, fingerprint


def test_a_fingerprint_follows_names_and_contents_only(tmp_path):
    file = tmp_path / "a"
    file.write_text("one")
    before = fingerprint([file], tmp_path)

    os.utime(file, (0, 0))
    assert fingerprint([file], tmp_path) == before

    file.write_text("two")
    assert fingerprint([file], tmp_path) != before


def test_what_was_installed_or_built_is_no_source(tmp_path):
    for name in ("src/a.ts", "node_modules/b.js", "dist/c.js"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("")

    assert [str(path.relative_to(tmp_path)) for path in files_under(tmp_path)] == ["src/a.ts"]


def test_a_missing_source_is_named(tmp_path):
    with pytest.raises(Failure, match=r"package-lock\.json is missing"):
        fingerprint([tmp_path / "package-lock.json"], tmp_path)


def test_a_stamp_holds_only_for_the_inputs_it_was_written_for(tmp_path):
    stamp = Stamp(tmp_path / "stamps" / "bundle")
    assert not stamp.matches("inputs")

    stamp.write("inputs")
    assert stamp.matches("inputs") and not stamp.matches("other inputs")

    stamp.clear()
    assert not stamp.matches("inputs")
