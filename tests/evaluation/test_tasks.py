import json

import pytest

from evaluation import sets, tasks
from evaluation.sets import Example
from evaluation.tasks import Task, chosen, of_file, reduced, spoilt


@pytest.fixture(autouse=True)
def own(monkeypatch):
    monkeypatch.setattr(sets, "training", lambda: [Example("你好", "greet", "a"), Example("天气", "out_of_scope", "a")])


def write(path, *rows):
    path.write_text("\n".join(json.dumps(dict(zip(("text", "intent", "split"), row, strict=False))) for row in rows))
    return path


def test_a_file_that_can_be_learnt_from_is_a_task_by_itself(tmp_path):
    task = of_file(write(tmp_path / "f.jsonl", ("a", "x", "train"), ("b", "oos", "test"), ("c", "x", "dev")), None)
    assert task.train == [Example("a", "x")] and task.asked == {"test": [Example("b", "oos")]}
    assert (task.name, task.out_of_scope, task.own) == ("f", "oos", False)
    assert not task.learns_out_of_scope and not task.chinese


def test_without_a_training_split_the_other_one_is_learnt(tmp_path):
    task = of_file(write(tmp_path / "f.jsonl", ("a", "x", "dev"), ("b", "x", "test")), None)
    assert (task.train, task.own) == ([Example("a", "x")], False)


def test_a_file_to_be_asked_only_is_asked_of_the_bot_in_its_own_words(tmp_path):
    (tmp_path / "f.tsv").write_text("在吗\tgreet\n写诗\tNO_NODES_DETECTED\n", encoding="utf-8")
    task = of_file(tmp_path / "f.tsv", None)
    assert task.asked == {"f": [Example("在吗", "greet"), Example("写诗", "out_of_scope")]}
    assert task.own and task.chinese and task.learns_out_of_scope


def test_what_is_out_of_scope_in_a_file_can_be_told(tmp_path):
    (tmp_path / "f.tsv").write_text("写诗\tother\n", encoding="utf-8")
    assert of_file(tmp_path / "f.tsv", "other").asked["f"] == [Example("写诗", "out_of_scope")]


def test_several_files_are_several_tasks_and_none_is_our_own_set(tmp_path):
    first, second = (tmp_path / name for name in ("a b.tsv", "c.tsv"))
    for path in (first, second):
        path.write_text("在吗\tgreet\n", encoding="utf-8")
    assert [task.name for task in chosen(f"'{first}' {second}", None)] == ["a b", "c"]
    [own] = chosen("", None)
    assert own.name == tasks.OWN and list(own.asked) == ["everyday", "indirect", "unusual"]


def test_only_sentences_that_noise_changes_are_asked_with_it():
    rows = spoilt([Example("hello", "greet"), Example("账号", "x")])
    assert [example.text for example, _ in rows["traditional characters"]] == ["账号"]
    assert all(example.text != noisy for found in rows.values() for example, noisy in found)


def test_everything_is_all_sets():
    task = Task("t", [], {"a": [Example("1", "x")], "b": [Example("2", "y")]}, None, own=True)
    assert [example.text for example in task.everything] == ["1", "2"]


def test_the_same_is_asked_after_learning_from_a_part_of_every_intent():
    train = [Example(f"{intent}{number}", intent) for intent in "xy" for number in range(8)]
    whole = Task("t", train, {"a": [Example("1", "x")]}, None, own=True)
    small = reduced(whole, 0.25)
    assert sorted(example.intent for example in small.train) == ["x", "x", "y", "y"]
    assert (small.asked, small.own) == (whole.asked, False) and "25.0%" in small.name
