"""How a message sounds."""

from bot.nlu.pinyin import initials, syllables


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
        assert initials(syllables("封号了")) == initials(syllables("fenghaole")) == initials(syllables("fhl")) == "fhl"
