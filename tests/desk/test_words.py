"""Words and languages."""

import re

import pytest
from fluent.syntax import FluentParser, ast

from desk.errors import Refusal
from desk.words import FOLDER, LOCALES, pick_locale, say


@pytest.mark.parametrize(
    ("wishes", "locale"),
    [
        (("zh",), "zh"),
        (("en",), "en"),
        (("EN-us",), "en"),
        (("zh-Hant-TW",), "zh"),
        (("fr",), "zh"),
        (("fr", "en"), "en"),
        ((None, None), "zh"),
        ((None, "en-GB,en;q=0.9,zh;q=0.8"), "en"),
        (("", "fr;q=1, zh-CN;q=0.5"), "zh"),
        ((";;,,",), "zh"),
    ],
)
def test_the_first_wish_we_speak_is_the_language(wishes, locale):
    assert pick_locale(*wishes) == locale


def _keys(locale: str) -> dict[str, set[str]]:
    resource = FluentParser().parse((FOLDER / f"{LOCALES[locale]}.ftl").read_text(encoding="utf-8"))
    return {
        entry.id.name: set(re.findall(r"\{ \$(\w+) \}", entry.value and _source(entry.value)))
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


def _source(pattern: ast.Pattern) -> str:
    return "".join(
        f"{{ ${part.expression.id.name} }}" if isinstance(part, ast.Placeable) else part.value
        for part in pattern.elements
    )


def test_both_languages_say_the_same_things_with_the_same_values():
    assert _keys("zh") == _keys("en")


@pytest.mark.parametrize("refusal", Refusal.__subclasses__(), ids=lambda refusal: refusal.code)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal_has_words(refusal, locale):
    words = say(locale, f"error-{refusal.code}")
    assert len(words) > 5
    assert bool(re.search("[一-鿿]", words)) == (locale == "zh")


def test_an_unknown_sentence_is_a_programming_error():
    with pytest.raises(LookupError):
        say("zh", "no-such-sentence")


def test_values_stand_in_a_sentence_without_invisible_marks():
    words = say("zh", "notice-queue_joined", position=3, case="KF20261124123456")
    assert "第 3 位" in words and "KF20261124123456" in words
    assert not re.search("[\u2066-\u2069]", words)
