"""Noisy copies: mistakes that people do make, the same ones each time."""

from bot.nlu.augmentation import NoisyCopies
from bot.nlu.pinyin import initials, syllables

TEXTS = ["我的号被封了", "为什么封我的号", "账号好像被风控了", "转人工", "好", "my account"]


def copies_of(text, seed=1, rounds=60):
    noise = NoisyCopies(TEXTS, seed)
    return {copy for _ in range(rounds) for copy in noise.of(text, 2)}


def test_makes_the_mistakes_people_make():
    copies = copies_of("我的号被封了")
    assert "我的好被封了" in copies
    assert "我的号被了" in copies
    assert "我的被号封了" in copies
    assert "wodehaobeifengle" in copies
    assert "wdhbfl" in copies


def test_a_copy_always_differs_and_never_is_empty():
    for text in TEXTS:
        assert not copies_of(text) & {text, ""}


def test_a_homophone_sounds_alike():
    alike = [copy for copy in copies_of("我的号被封了") if len(copy) == 6 and set(copy) & set("好风")]
    assert alike
    assert all(initials(syllables(copy)) == "wdhbfl" for copy in alike)


def test_the_same_seed_makes_the_same_copies():
    assert copies_of("我的号被封了", seed=1) == copies_of("我的号被封了", seed=1)
    assert copies_of("我的号被封了", seed=1) != copies_of("我的号被封了", seed=2)


def test_gives_no_more_copies_than_asked_for():
    noise = NoisyCopies(TEXTS, seed=1)
    assert all(len(noise.of(text, 2)) <= 2 for text in TEXTS)
    assert noise.of("转人工", 0) == []
