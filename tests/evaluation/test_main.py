"""The whole way from the settings to what is printed and kept, with a contender that needs no training."""

import json

import pytest

from evaluation import __main__ as command
from evaluation import contenders
from evaluation.answers import Answer
from evaluation.contenders import DIET, LOGISTIC, OURS, Answered
from scripts import locks
from scripts.console import Failure

COST = {"seconds": 1.0, "cpu_seconds": 1.0, "peak_mb": 1.0, "model_mb": 1.0, "at": "2026-01-01T10:00"}


@pytest.fixture(autouse=True)
def asked(tmp_path, monkeypatch):
    """Who was asked; everybody answers a to everything."""
    names = []

    def ask(name, folder, texts, label):
        names.append(name)
        return Answered([Answer([("a", 0.9), ("b", 0.1)], 0.1, 0.001) for _ in texts], 700.0)

    monkeypatch.setattr(contenders, "ensure", lambda name, train, chinese: tmp_path)
    monkeypatch.setattr(contenders, "cost", lambda folder: COST)
    monkeypatch.setattr(contenders, "ask", ask)
    monkeypatch.setattr(command, "HOME", tmp_path)
    monkeypatch.setattr(command, "DOCS", tmp_path / "docs")
    only_one = locks.only_one
    monkeypatch.setattr(locks, "only_one", lambda name: only_one(name, tmp_path))
    return names


def write(path):
    rows = [("写诗", "oos", "train"), ("你好", "a", "train"), ("在吗", "a", "test"), ("再见 \ud83d", "b", "test")]
    path.write_text("\n".join(json.dumps(dict(zip(("text", "intent", "split"), row, strict=True))) for row in rows))
    return path


def test_a_file_is_measured_shown_and_kept(tmp_path, asked, capsys):
    path = write(tmp_path / "other.jsonl")
    command.main({"FILE": str(path), "WRITE": "1"})
    assert asked == [OURS, LOGISTIC]
    shown = capsys.readouterr().out
    assert "| all together, ours | 2 | 50.0 |" in shown
    assert "1. `b` taken for `a`, 1 times: 再见 ?" in shown
    written = (tmp_path / "docs" / "datasets.md").read_text(encoding="utf-8")
    assert "| all together, ours | 2 | 50.0 |" in written
    assert "1. `b` taken for `a`, 1 times\n" in written and "再见" not in written
    [figures] = tmp_path.glob("*T*.json")
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert found["tasks"][0]["contenders"][OURS]["sets"]["all together"]["top1"] == 0.5


def test_sentences_for_the_bot_are_read_by_stock_diet_too_unless_it_is_to_be_quick(tmp_path, asked):
    path = tmp_path / "blind.tsv"
    path.write_text("你好\tgreet\n在吗\tgreet\n", encoding="utf-8")
    command.main({"FILE": str(path)})
    command.main({"FILE": str(path), "QUICK": "1"})
    assert asked == [OURS, LOGISTIC, OURS, LOGISTIC, DIET, OURS, LOGISTIC]


def test_the_whole_report_is_not_written_over_by_a_quick_one(asked):
    with pytest.raises(Failure, match="QUICK"):
        command.main({"QUICK": "1", "WRITE": "1"})
    assert asked == []
