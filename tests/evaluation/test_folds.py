import json
from collections import Counter

from evaluation.folds import learning, part, voices, write
from evaluation.sets import Example

EXAMPLES = [Example(f"{intent}{number}", intent, "ab"[number % 2]) for intent in "xyz" for number in range(20)]
RARE = Example("only", "rare", "a")


def test_a_part_takes_the_same_share_of_every_intent():
    counts = Counter(example.intent for example in part([*EXAMPLES, RARE], 0.25))
    assert counts == {"x": 5, "y": 5, "z": 5, "rare": 1}


def test_each_part_holds_the_one_before_and_can_be_taken_again():
    small, middle, large = (set(fold.train) for fold in learning(EXAMPLES, []))
    assert small < middle < large < set(EXAMPLES)
    assert part(EXAMPLES, 0.5) == part(EXAMPLES, 0.5) != EXAMPLES[:30]


def test_a_voice_is_asked_of_those_who_never_heard_it():
    folds = voices(EXAMPLES)
    assert [fold.name for fold in folds] == ["a", "b"]
    for fold in folds:
        assert {example.voice for example in fold.asked} == {fold.name}
        assert fold.name not in {example.voice for example in fold.train}
        assert len(fold.train) + len(fold.asked) == len(EXAMPLES)


def test_work_is_handed_on_with_the_place_for_its_answers(tmp_path):
    [fold, _] = voices(EXAMPLES)
    write(tmp_path / "jobs", [(fold, tmp_path / "to.json")], "oos")
    [job] = json.loads((tmp_path / "jobs").read_text())
    assert job["to"] == str(tmp_path / "to.json") and job["out_of_scope"] == "oos"
    assert job["train"][0] == ["x1", "x", "b"] and job["asked"][0] == "x0"
