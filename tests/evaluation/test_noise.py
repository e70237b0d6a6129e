import opencc
import pypinyin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.noise import KINDS, noisy

SENTENCE = "我的账号为什么突然被封了,直播也开不了"


@pytest.mark.parametrize("kind", KINDS)
def test_noise_changes_a_sentence_and_always_alike(kind):
    assert noisy(SENTENCE, kind) == noisy(SENTENCE, kind) != SENTENCE


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=40))
def test_any_text_bears_noise(kind, text):
    assert isinstance(noisy(text, kind), str)


def test_homophones_sound_the_same():
    heard = noisy(SENTENCE, "homophones")
    changed = [(a, b) for a, b in zip(SENTENCE, heard, strict=True) if a != b]
    assert len(heard) == len(SENTENCE)
    # One character in eight of 18.
    assert len(changed) == 3
    assert all(pypinyin.lazy_pinyin(a) == pypinyin.lazy_pinyin(b) for a, b in changed)


def test_traditional_characters_can_be_read_back():
    assert opencc.OpenCC("t2s").convert(noisy(SENTENCE, "traditional characters")) == SENTENCE


def test_characters_are_dropped_or_swapped_and_nothing_is_added():
    assert len(noisy(SENTENCE, "dropped characters")) == len(SENTENCE) - 3
    assert sorted(noisy(SENTENCE, "swapped characters")) == sorted(SENTENCE)


def test_emoji_stand_between_what_was_said():
    spoilt = noisy(SENTENCE, "emoji")
    assert "".join(c for c in spoilt if c in SENTENCE) == SENTENCE
    assert len(spoilt) == len(SENTENCE) + 3


def test_initials_stand_for_two_or_three_characters():
    spoilt = noisy(SENTENCE, "pinyin abbreviations")
    assert len(spoilt) == len(SENTENCE)
    assert len([c for c in spoilt if c.isascii() and c.isalpha()]) in (2, 3)


@pytest.mark.parametrize("kind", ["dropped characters", "swapped characters"])
def test_a_word_of_two_characters_is_left_alone(kind):
    assert noisy("人工", kind) == "人工"


@pytest.mark.parametrize("kind", ["homophones", "pinyin abbreviations"])
def test_english_has_no_homophones_or_initials_here(kind):
    assert noisy("why was I banned", kind) == "why was I banned"
