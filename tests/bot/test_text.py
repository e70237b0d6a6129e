"""The normaliser: one spelling for one meaning, whatever people send."""

import pytest

from bot.pinyin import initials, syllables
from bot.text import normalise


class TestNormalise:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("ＡＢＣ１２３", "abc123"),
            ("我的號被封了", "我的号被封了"),
            ("Hello", "hello"),
            ("我的号😭被封了🙏🏻", "我的号被封了"),
            ("号没了[流泪]", "号没了"),
            ("我\u200b的\ufeff号", "我的号"),
            ("我 的 号\n被封了", "我的号被封了"),
            ("my  account\tbanned", "my account banned"),
            ("登录 app 失败", "登录app失败"),
            ("㈱①", "(株)1"),
        ],
    )
    def test_folds_what_means_the_same(self, written, read):
        assert normalise(written) == read

    @pytest.mark.parametrize("message", ["👌👌", "[流泪]", "😭"])
    def test_keeps_emoji_that_are_the_whole_message(self, message):
        assert normalise(message) == message

    @pytest.mark.parametrize("nothing", ["", "  ", "\n", "\u200b\u200d", "\ud800"])
    def test_reads_nothing_where_nothing_is(self, nothing):
        assert normalise(nothing) == ""

    def test_does_not_stumble_over_a_lone_surrogate(self):
        assert normalise("号\ud83d没了") == "号没了"

    def test_is_stable(self):
        for message in ("我的號😭被封了 ＡＢＣ", "[捂脸][捂脸]", "Ⅷ hello", "𠮷野家"):
            assert normalise(normalise(message)) == normalise(message)


class TestSyllables:
    def test_hanzi_and_typed_pinyin_sound_the_same(self):
        assert syllables("我的号") == syllables("wodehao") == syllables("wo de hao") == ["wo", "de", "hao"]

    def test_homophones_sound_the_same(self):
        assert syllables("帐号丰了") == syllables("账号封了")

    def test_a_word_that_is_no_pinyin_stays_whole(self):
        assert syllables("douyin crashed 42") == ["dou", "yin", "crashed", "42"]

    def test_a_run_without_end_is_read_at_once(self):
        assert syllables("a" * 2000) == ["a" * 2000]


class TestInitials:
    def test_hanzi_pinyin_and_abbreviation_agree(self):
        assert initials("封号了") == initials("fenghaole") == initials("fhl") == "fhl"
