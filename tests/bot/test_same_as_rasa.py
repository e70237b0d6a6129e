"""What we do instead of Rasa comes to the same: predictions, events, slots, answers and what the actions answered."""

import os
import random
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from ruamel.yaml import YAML

from bot.rule_policy import RuleIndex
from tests.bot.both_ways import Talk, as_rasa_does, replaced, shared_bot

CONVERSATIONS = sorted((Path(__file__).parents[1] / "conversations").glob("test_*.yml"))
SAID = [line.split("\t")[0] for line in Path("tests/nlu/everyday.tsv").read_text("utf-8").splitlines()]
VALUES = [
    "lucky_2020",
    "13800001111",
    "我的号被封了 lucky_2020 13800001111",
    "是",
    "不是",
    "没有",
    "算了",
    "谢谢",
    "嗯",
]
VALUES += [
    "KF20261120000001",
    "转人工",
    "你好",
    "再说一遍",
    "查进度",
    "直播卡顿",
    "13900002222",
    "换手机登不上",
    "？？",
    "yes",
]
# Rasa's own way is slow, so a run takes a part: with SAME_AS_RASA=all it takes them all, in two minutes.
EVERY = 1 if os.environ.get("SAME_AS_RASA") == "all" else 4
RAMBLES = 60


def recorded(file: Path) -> list[dict[str, Any]]:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def ramble(seed: int) -> dict[str, Any]:
    """A conversation of somebody who says and presses whatever comes to mind."""
    choice = random.Random(seed)
    turns: list[dict[str, Any]] = []
    for _ in range(choice.randint(3, 8)):
        kind = choice.random()
        if kind < 0.35:
            turns.append({"press": choice.randrange(6)})
        elif kind < 0.6:
            turns.append({"user": choice.choice(SAID)})
        elif kind < 0.95:
            turns.append({"user": choice.choice(VALUES)})
        else:
            turns.append({"shows": ["image"], "user": choice.choice([None, "这是截图"])})
    return {"conversation": f"ramble {seed}", "locale": choice.choice(["zh", "zh", "en"]), "turns": turns}


def assert_same(scripts: list[dict[str, Any]]) -> None:
    bot = shared_bot()
    for script in scripts:
        with replaced():
            ours = bot.play(Talk(script))
        with as_rasa_does():
            rasas = bot.play(Talk(script))
        for our, rasa in zip(ours, rasas, strict=True):
            assert our == rasa, f"{script['conversation']}: {our['said']}"


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda file: file.stem.removeprefix("test_"))
def test_recorded_conversations(file: Path) -> None:
    assert_same(recorded(file)[::EVERY])


@pytest.mark.parametrize("first", range(0, RAMBLES, 20))
def test_rambling_conversations(first: int) -> None:
    assert_same([ramble(seed) for seed in range(first, first + 20, EVERY)])


def test_a_difference_is_seen() -> None:
    with patch.object(RuleIndex, "near", lambda self, state, lookup: {}), pytest.raises(AssertionError, match="你好"):
        assert_same([{"conversation": "a greeting", "turns": [{"user": "你好"}]}])
