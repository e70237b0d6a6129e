"""What of a message is compared, and how much each piece of it counts."""

import numpy as np
import pytest

from bot.nlu.features import CHARACTERS, GAPS, INITIALS, SYLLABLES, NgramSpace, Tally, count_ngrams


def tally(*texts):
    return Tally(map(count_ngrams, texts))


class TestCountNgrams:
    def test_homophones_and_pinyin_share_their_syllables(self):
        read = count_ngrams("号被封了")[SYLLABLES]
        assert read["shao bei feng"] == 1
        assert count_ngrams("好被风了")[SYLLABLES] == count_ngrams("hao bei feng le")[SYLLABLES] == read

    def test_a_word_put_between_leaves_the_pair(self):
        assert count_ngrams("封号")[CHARACTERS]["c封号"] == 1
        assert set(count_ngrams("封我号")[GAPS]) & set(count_ngrams("封了号")[GAPS]) >= {"k封_号"}

    def test_an_abbreviation_shares_the_initials(self):
        read = count_ngrams("转人工")[INITIALS]
        assert set(read) == {"izr", "irg", "izrg"}
        assert count_ngrams("zrg")[INITIALS] == read

    def test_characters_know_where_the_message_begins_and_ends(self):
        whole = count_ngrams("人工")[CHARACTERS]
        assert whole["c^人工$"] == 1
        assert "c^人工$" not in count_ngrams("人工智能")[CHARACTERS]

    def test_the_middle_of_a_long_message_is_left_out(self):
        opening, close = "我的号被封了" * 50, "我要申诉" * 75
        counted = count_ngrams(f"{opening}{'啦' * 800}{close}")[CHARACTERS]
        assert "c封" in counted and "c诉" in counted
        assert "c啦" not in counted

    def test_nothing_has_no_ngrams(self):
        assert count_ngrams("\u200b") == {}


class TestNgramSpace:
    @pytest.fixture
    def space(self):
        return NgramSpace.learn(tally("号被封了", "号被盗了", "我要退款"), min_count=2)

    def test_learns_only_what_is_common_enough(self, space):
        assert "c号被" in space.vocabulary
        assert "c退款" not in space.vocabulary

    def test_the_most_frequent_comes_first(self):
        space = NgramSpace.learn(tally("封", "了封", "了", "了了"), min_count=1)
        assert list(space.idf) == sorted(space.idf)

    def test_the_common_weighs_less_than_the_rare(self):
        space = NgramSpace.learn(tally("封", "了封", "了", "了了"), min_count=1)
        assert space.idf[space.vocabulary["c了"]] < space.idf[space.vocabulary["c封"]]

    def test_what_is_unfamiliar_makes_the_rest_count_less(self, space):
        familiar, _ = space.vector(count_ngrams("号被"))
        assert familiar
        _, alone = space.vector(count_ngrams("号被"))
        _, among_strangers = space.vector(count_ngrams("号被紫薯花椰菜"))
        assert np.linalg.norm(among_strangers) < np.linalg.norm(alone)

    def test_a_matrix_has_the_vectors_as_rows(self, space):
        texts = ["", "号被封了", "", "紫薯", "我要退款退款", ""]
        matrix = space.matrix(tally(*texts))
        assert matrix.shape == (6, len(space.vocabulary))
        assert matrix[0].nnz == matrix[2].nnz == matrix[5].nnz == 0
        for row, text in enumerate(texts):
            columns, values = space.vector(count_ngrams(text))
            assert matrix[row, columns].toarray().ravel() == pytest.approx(values)

    def test_no_messages_make_an_empty_matrix(self, space):
        assert space.matrix(tally()).shape == (0, len(space.vocabulary))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("抖音号 dy8f3k2 被封了", "抖音号 lucky_2020 被封了"),
        ("手机 138 0000 1111", "手机13800002222"),
        ("看 https://v.example/a1b2 这个", "看 https://v.example/zz/9 这个"),
        ("工单kf20250711000345好了没", "工单KF20261124000001好了没"),
    ],
)
def test_which_value_is_told_says_nothing_about_the_wish(one, other):
    assert count_ngrams(one) == count_ngrams(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("等了3天", "等了7天"),
        ("错误码1105", "错误码2135"),
        ("error1105", "error2135"),
        ("iphone15pro闪退", "iphone14pro闪退"),
        ("1080p60糊", "720p30糊"),
        ("8000kbps", "6000kbps"),
        ("h.265", "h.264"),
        ("5201314", "6666666"),
        ("hao3tianmeijiefeng", "hao5tianmeijiefeng"),
        ("chongle648meidaozhang", "chongle328meidaozhang"),
    ],
)
def test_amounts_codes_models_and_pinyin_stay_as_they_are(one, other):
    assert count_ngrams(one) != count_ngrams(other)
