import stat

from scripts import database


def test_sign_ins_are_kept_for_later_starts_and_only_their_owner_may_read_them(tmp_path):
    file = tmp_path / "demo-agents.txt"

    database.keep_sign_ins(["lin\t小林\tfirst", "zhou\t小周\tsecond"], file)

    assert database.sign_ins(file) == ["lin\t小林\tfirst", "zhou\t小周\tsecond"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_agent_made_anew_replaces_only_its_own_sign_in(tmp_path):
    file = tmp_path / "demo-agents.txt"
    database.keep_sign_ins(["lin\t小林\tfirst", "zhou\t小周\tsecond"], file)

    database.keep_sign_ins(["zhou\t小周\tthird"], file)

    assert database.sign_ins(file) == ["lin\t小林\tfirst", "zhou\t小周\tthird"]
