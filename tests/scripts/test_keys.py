import os
import stat

from scripts import keys


def test_the_secrets_are_made_once_and_only_their_owner_may_read_them(tmp_path):
    file = tmp_path / "var" / "secrets.env"

    made = keys.load({}, file)

    assert set(made) == set(keys.NAMES) and all(len(value) >= 32 for value in made.values())
    assert len(set(made.values())) == len(made)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = file.read_bytes()
    assert keys.load({}, file) == made
    assert file.read_bytes() == written


def test_a_file_left_readable_is_closed_off(tmp_path):
    file = tmp_path / "secrets.env"
    keys.load({}, file)
    os.chmod(file, 0o644)

    keys.load({}, file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_environment_wins_and_is_not_written_down(tmp_path):
    file = tmp_path / "secrets.env"

    loaded = keys.load({"DESK_SECRET_KEY": "said by the operator"}, file)

    assert loaded["DESK_SECRET_KEY"] == "said by the operator"
    assert "said by the operator" not in file.read_text()


def test_a_secret_new_to_the_file_is_added_and_the_others_stay(tmp_path):
    file = tmp_path / "secrets.env"
    file.write_text("DESK_SECRET_KEY=kept\n")

    loaded = keys.load({}, file)

    assert loaded["DESK_SECRET_KEY"] == "kept"
    assert keys.load({}, file) == loaded
