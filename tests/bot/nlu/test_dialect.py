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
        ("出乜都零播放", "出什么都零播放"),
        ("处理得咁慢", "处理得这么慢"),
        ("我仲系唔明", "我还是不明"),
        ("间医院系我嘅", "间医院是我的"),
        ("个明星系我", "个明星系我"),  # no word of Cantonese: nothing is touched
        ("嗰个明星系我", "那个明星是我"),
        ("唔系数据问题", "不是数据问题"),
        ("佢仲介绍人嚟", "他还介绍人来"),
        ("今早点解冇咗", "今早为什么没了"),
    ],
)
def test_reads_cantonese(said, meant):
    assert in_standard_chinese(said) == meant


STANDARD = (
    "系统 系列 系数 系鞋带 联系 关系 维系 体系 派系 院系 科系 星系 太阳系 直系亲属 "
    "仲裁 仲介 仲夏 伯仲 快点解封 早点搞好"
)


@pytest.mark.parametrize("word", STANDARD.split())
def test_a_standard_word_stands_among_cantonese(word):
    assert in_standard_chinese(f"唔知{word}") == f"不知{word}"


@pytest.mark.parametrize("text", ["边度量边记录", "关系到今日的系列", "my account", "", "仲裁"])
def test_leaves_the_standard_language_alone(text):
    assert in_standard_chinese(text) == text


def test_traditional_cantonese_shares_its_characters_with_mandarin():
    assert count_ngrams("點解封咗我個號") == count_ngrams("为什么封了我个号")
