from scripts.logs import Follower


def test_only_what_is_added_is_followed_and_only_whole_lines(tmp_path):
    log = tmp_path / "desk.log"
    log.write_text("before\n")
    follower = Follower(log)

    with log.open("a") as file:
        file.write("first\nsec")
    assert list(follower.new_lines()) == ["first"]

    with log.open("a") as file:
        file.write("ond\n")
    assert list(follower.new_lines()) == ["second"]
    assert list(follower.new_lines()) == []


def test_a_log_begun_anew_is_followed_from_its_start(tmp_path):
    log = tmp_path / "desk.log"
    log.write_text("a long line from before\n")
    follower = Follower(log)

    log.rename(tmp_path / "desk.log.1")
    assert list(follower.new_lines()) == []
    log.write_text("new\n")

    assert list(follower.new_lines()) == ["new"]


def test_chinese_cut_in_the_middle_of_a_character_arrives_whole(tmp_path):
    log = tmp_path / "desk.log"
    log.touch()
    follower = Follower(log)
    line = "您好\n".encode()

    with log.open("ab") as file:
        file.write(line[:4])
    assert list(follower.new_lines()) == []
    with log.open("ab") as file:
        file.write(line[4:])

    assert list(follower.new_lines()) == ["您好"]
