import json

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from evaluation import contenders
from evaluation.contenders import DIET, LOGISTIC, OURS, config, ensure, training_data
from evaluation.layout import NLU, TRAINING
from evaluation.sets import Example

OWN_DATA = """
nlu:
- intent: greet
  metadata: {voice: b}
  examples: |
    - 在吗
"""
EXAMPLES = [Example("[你好](greeting)", "greet"), Example(" - 在吗", "greet")]


@pytest.fixture
def trained(tmp_path, monkeypatch):
    """Where models would lie, and which were trained."""
    done = []

    def teach(name, folder, size):
        (folder / TRAINING).write_text("{}")
        done.append((name, size))

    monkeypatch.setattr(contenders, "HOME", tmp_path)
    monkeypatch.setattr(contenders, "ROOT", tmp_path)
    monkeypatch.setattr(contenders, "config", lambda name, chinese: {"language": "zh" if chinese else "en"})
    monkeypatch.setattr(contenders, "_sources", lambda name: [])
    monkeypatch.setattr(contenders, "_teach", teach)
    return done


def test_nothing_in_a_sentence_means_anything_to_rasa():
    rows = json.loads(training_data(EXAMPLES))["rasa_nlu_data"]["common_examples"]
    assert [row["text"] for row in rows] == [example.text for example in EXAMPLES]


def test_rasa_reads_whose_words_an_example_is_as_in_the_bots_own_data(tmp_path):
    (tmp_path / NLU).write_text(training_data([Example("在吗", "greet", "b")]))
    (tmp_path / "nlu.yml").write_text(OWN_DATA, encoding="utf-8")
    read = [load_data(str(tmp_path / name)).training_examples for name in (NLU, "nlu.yml")]
    [[one], [other]] = read
    assert one.get("metadata") == other.get("metadata") == {"intent": {"voice": "b"}}


def test_the_pipelines_are_those_of_the_bot_and_of_stock_rasa():
    assert config(OURS, True)["pipeline"][0]["name"].startswith("bot.")
    assert "policies" not in config(OURS, True)
    assert config(LOGISTIC, True)["pipeline"][0]["name"] == "JiebaTokenizer"
    assert config(LOGISTIC, False)["pipeline"][0]["name"] == "WhitespaceTokenizer"
    assert config(DIET, True)["pipeline"][5]["epochs"] == 100


def test_the_same_content_is_trained_once(trained):
    folder = ensure(LOGISTIC, EXAMPLES, chinese=True)
    assert ensure(LOGISTIC, EXAMPLES, chinese=True) == folder
    assert ensure(DIET, EXAMPLES, chinese=True) != folder
    assert ensure(LOGISTIC, EXAMPLES[:1], chinese=True) != folder
    assert trained == [(LOGISTIC, 2), (DIET, 2), (LOGISTIC, 1)]


def test_a_training_that_did_not_end_is_begun_again(trained):
    folder = ensure(LOGISTIC, EXAMPLES, chinese=True)
    (folder / TRAINING).unlink()
    (folder / "half").touch()
    assert ensure(LOGISTIC, EXAMPLES, chinese=True) == folder
    assert sorted(path.name for path in folder.iterdir()) == ["config.yml", NLU, TRAINING]


def test_only_the_newest_models_are_kept(trained, tmp_path):
    for number in range(contenders.KEPT + 3):
        folder = ensure(LOGISTIC, [Example(f"{number}", "greet")], chinese=True)
    assert folder.exists()
    assert len(list(tmp_path.iterdir())) == contenders.KEPT
