"""The normaliser: one spelling for one meaning, whatever people send."""

import pytest

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
