"""The real sentences and facts, and the checks on them."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.facts import problem_in, read_facts
from bot.phone_numbers import mask_mobiles, without_forbidden_numbers
from bot.responses import read_sentences

SENTENCES = read_sentences(Path("domain.yml"))
FACTS = read_facts(Path("facts.yml"))
DOMAIN = YAML(typ="safe").load(Path("domain.yml").read_text(encoding="utf-8"))
VARIATIONS = [(key, variation) for key, variations in SENTENCES.items() for variation in variations]
ZH = [(key, v["text"]) for key, v in VARIATIONS if "locale" not in v.get("metadata", {})]


def locale_of(variation: dict[str, Any]) -> str:
    return variation.get("metadata", {}).get("locale", "zh")


def test_every_sentence_is_there_in_both_languages_without_a_condition() -> None:
    for key, variations in SENTENCES.items():
        plain = {locale_of(v) for v in variations if not v.get("condition")}
        assert plain == {"zh", "en"}, key


def test_every_button_has_words_and_a_payload_of_the_domain() -> None:
    intents = {name for intent in DOMAIN["intents"] for name in intent}
    for key, variation in VARIATIONS:
        for button in variation.get("buttons", []):
            assert isinstance(button["title"], str), key
            assert re.match(r"/(\w+)", button["payload"])[1] in intents, key


def test_every_fact_that_is_said_exists() -> None:
    said = set(re.findall(r"\{facts\.(\w+)\}", str(SENTENCES)))
    assert said
    assert said <= set(FACTS)


def test_the_chinese_voice() -> None:
    """As the house style has it: 您, no haste that nobody can promise, no blame, no promise to lift a ban."""
    for key, text in ZH:
        assert not re.search(r"你|马上|尽快|输入有误|一定解封|保证", text), key
        assert not re.search(r"[\u4e00-\u9fff][,;!?]", text), f"{key}: ASCII punctuation"
        assert text.count("？") <= 1 or "{switch_label}" in text, f"{key}: one question at a time"


def test_every_number_that_is_said_is_allowed() -> None:
    hidden: list[str] = []
    for _, variation in VARIATIONS:
        without_forbidden_numbers(variation["text"], FACTS["hotline_whitelist"].value, hidden.append)
    assert hidden == []


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ([], "must be a table of facts"),
        ({"a": 1}, "a: needs exactly a value, a status and a source"),
        ({"a": {"value": 1, "status": "C"}}, "a: needs exactly a value, a status and a source"),
        ({"a": {"value": 1, "status": "X", "source": "s"}}, "a: the status must be C, S or D, not 'X'"),
        ({"a": {"value": 1, "status": "C", "source": ""}}, "a: the source must not be empty"),
        ({}, "hotline_whitelist: must be a list of numbers in quotes"),
        (
            {"hotline_whitelist": {"value": [110], "status": "D", "source": "s"}},
            "hotline_whitelist: must be a list of numbers in quotes",
        ),
    ],
)
def test_what_is_wrong_with_the_facts_is_one_line(table: Any, problem: str) -> None:
    assert problem_in(table) == problem


def test_the_facts_of_this_repository_are_right() -> None:
    assert problem_in(YAML(typ="safe").load(Path("facts.yml").read_text(encoding="utf-8"))) is None


@pytest.mark.parametrize(
    "text",
    [
        "请拨打 95188",
        "拨打95188转1",
        "电话：950201",
        "打 12345 或 10086",
        "400 626 8888",
        "4006268888",
        "010-88886666",
        "+86 139-1234-5678",
        "号码１３９１２３４５６７８",
    ],
)
def test_a_number_one_could_call_is_hidden(text: str) -> None:
    hidden: list[str] = []
    assert "***" in without_forbidden_numbers(text, {"110"}, hidden.append)
    assert hidden


@pytest.mark.parametrize(
    "text",
    [
        "报警 110",
        "工单 KF20261124123456",
        "订单 6912345678901234567",
        "138****1111",
        "抖音号 lucky_2020、dy95188",
        "到 2026-11-29 09:00 结束",
        "共 12345 元",
        "请过 120 分钟再试",
        "音频 128 kbps，5000–8000 元",
    ],
)
def test_any_other_number_stays(text: str) -> None:
    assert without_forbidden_numbers(text, {"110"}, logging.error) == text


def test_mobiles_are_masked_in_any_spelling() -> None:
    assert mask_mobiles("13800001111 或 139-1234-5678") == "138****1111 或 139****5678"
    assert mask_mobiles("订单 138000011112222") == "订单 138000011112222"
