import json

import pytest

from evaluation import sets
from evaluation.sets import Example
from scripts.console import Failure


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def rows(*found):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in found)


def test_a_line_is_a_sentence_a_tab_and_an_intent(write):
    path = write("a.tsv", "登不上\tlogin_failed\r\n\n 你好\u2028呀 \tgreet\n")
    assert sets.read(path) == {"": [Example("登不上", "login_failed"), Example(" 你好\u2028呀 ", "greet")]}


def test_splits_are_told_apart_whatever_they_are_called(write):
    path = write("a.jsonl", rows(*({"text": s, "intent": "a", "split": s} for s in ("train", "val", "test"))))
    assert {split: [e.text for e in examples] for split, examples in sets.read(path).items()} == {
        "train": ["train"],
        "dev": ["val"],
        "test": ["test"],
    }
    assert list(sets.read(write("b.jsonl", rows({"text": "t", "intent": "a"})))) == [""]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "no tab"),
        ("a.tsv", "\tgreet"),
        ("a.tsv", "text\t "),
        ("a.jsonl", "{"),
        ("a.jsonl", "[]"),
        ("a.jsonl", rows({"text": "t"})),
        ("a.jsonl", rows({"text": "t", "intent": "a", "split": "third"})),
    ],
)
def test_a_line_that_cannot_be_read_is_named(write, name, text):
    with pytest.raises(Failure, match="line 2"):
        sets.read(write(name, ("ok\tgreet\n" if name == "a.tsv" else rows({"text": "t", "intent": "a"}) + "\n") + text))


def test_a_file_must_be_there_and_say_something(write, tmp_path):
    with pytest.raises(Failure, match="no file"):
        sets.read(tmp_path / "none.tsv")
    with pytest.raises(Failure, match="no sentences"):
        sets.read(write("empty.tsv", "\n"))


def test_what_is_out_of_scope_is_known_or_told():
    assert sets.out_of_scope_label({"greet", "oos"}) == "oos"
    assert sets.out_of_scope_label({"greet"}) is None
    assert sets.out_of_scope_label({"greet"}, chosen="none") == "none"


def test_training_examples_keep_their_voice(tmp_path):
    (tmp_path / "a.yml").write_text(
        "nlu:\n- intent: greet\n  metadata: {voice: b}\n  examples: |\n    - 你好\n    - - 在吗\n"
        "- regex: phone\n  examples: |\n    - 1\n",
        encoding="utf-8",
    )
    assert sets.training(tmp_path) == [Example("你好", "greet", "b"), Example("- 在吗", "greet", "b")]
