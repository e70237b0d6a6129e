"""Cantonese is read as what it means, and nothing else is touched."""

import pytest

from bot.nlu.dialect import in_standard_chinese
from bot.nlu.features import count_ngrams


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("点解封咗我个号", "为什么封了我个号"),
        ("佢哋喺度卖嘢", "他们在度卖东西"),
        ("唔系我做嘅", "不是我做的"),
        ("系统话我冇联系客服", "系统话我没联系客服"),
    ],
)
def test_reads_cantonese(said, meant):
    assert in_standard_chinese(said) == meant


@pytest.mark.parametrize("text", ["边度量边记录", "关系到今日的系列", "my account", "", "仲裁"])
def test_leaves_the_standard_language_alone(text):
    assert in_standard_chinese(text) == text


def test_traditional_cantonese_shares_its_characters_with_mandarin():
    assert count_ngrams("點解封咗我個號") == count_ngrams("为什么封了我个号")
