from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.duplicates import LIMIT, alike, between, contradictions, reading, repeated_shares, within
from evaluation.sets import Example


def examples(*texts, intent="a"):
    return [Example(text, intent) for text in texts]


def test_the_share_of_runs_of_three_in_common():
    # abcd has abc and bcd, abcde has cde too: two of three.
    assert alike("abcd", "abcde") == 2 / 3
    assert alike("abcd", "abcd") == 1
    assert alike("abcd", "dcba") == 0


def test_very_short_sentences_are_alike_only_when_they_are_equal():
    assert alike("哈哈哈", "哈哈哈哈哈") == 0
    assert alike("好的", "好的") == 1


def test_spelling_makes_no_difference():
    [pair] = within(examples("賬號被封 了", "账号被封了吗"))
    assert (pair.one.text, pair.other.text) == ("账号被封了吗", "賬號被封 了")
    assert pair.likeness == 3 / 4


def test_marks_make_no_difference_unless_there_is_nothing_else():
    [pair] = between(examples("喂?", "?"), examples("喂", "!"))
    assert (pair.one.text, pair.other.text, pair.likeness) == ("喂?", "喂", 1)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=12), max_size=25))
def test_the_index_misses_no_pair_and_invents_none(texts):
    found = sorted((pair.other.text, pair.one.text) for pair in within(examples(*texts)))
    compared = combinations(map(reading, texts), 2)
    assert found == sorted((a, b) for a, b in compared if alike(a, b) > LIMIT)


@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=9)), st.lists(st.text(alphabet="ab", min_size=1)))
def test_nothing_that_is_known_is_missed_between_two_sets(ours, theirs):
    found = sorted((pair.one.text, pair.other.text) for pair in between(examples(*ours), examples(*theirs)))
    assert found == sorted((a, b) for a in ours for b in theirs if alike(a, b) > LIMIT)


def test_a_line_repeats_an_earlier_one_of_its_own_intent_only():
    lines = [*examples("怎么注销账号啊", "怎么注销账号", "其他", "再见"), *examples("怎么注销账号啊", intent="b")]
    assert repeated_shares(lines) == {"a": 0.25, "b": 0.0}


def test_the_same_words_with_two_intents_contradict_each_other():
    both = [Example("好的。", "affirm"), Example("好 的", "thanks_bye")]
    assert contradictions([*both, Example("好的?", "repeat"), Example("好的", "affirm")]) == [
        [*both, Example("好的", "affirm")]
    ]
