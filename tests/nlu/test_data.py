"""The examples are many, differ from one another, and give nothing of the held-apart sentences away."""

from collections import Counter

import pytest

from evaluation import duplicates, sets

INTENTS = 60
MOST_REPEATED = 0.02
HELD_APART_EACH = 15
FOR_BUSINESS, FOR_SMALL, FOR_OUT_OF_SCOPE = 300, 120, 1000
OUT_OF_SCOPE = "out_of_scope"
# What is no business of the platform's: steering the talk, feelings, small talk, the work itself.
SMALL = {
    "request_human",
    "rate_satisfied",
    "rate_unsatisfied",
    "abuse",
    "self_harm_crisis",
    "emotion_upset",
    "greet",
    "thanks_bye",
    "bot_identity",
    "chitchat",
    "affirm",
    "deny",
    "cancel",
    "repeat",
    "inform",
    "job_how_to_become",
    "job_requirements",
    "job_difficulties",
    "job_development",
}


@pytest.fixture(scope="module")
def trained():
    return sets.training()


@pytest.fixture(scope="module")
def apart():
    return [example for examples in sets.held_apart().values() for example in examples]


def wanted(intent):
    if intent == OUT_OF_SCOPE:
        return FOR_OUT_OF_SCOPE
    return FOR_SMALL if intent in SMALL else FOR_BUSINESS


def test_every_intent_has_examples_enough(trained):
    counts = Counter(example.intent for example in trained)
    assert len(counts) == INTENTS
    assert {intent: count for intent, count in counts.items() if count < wanted(intent)} == {}


def test_the_examples_of_an_intent_differ(trained):
    shares = duplicates.repeated_shares(trained)
    assert {intent: round(share, 3) for intent, share in shares.items() if share > MOST_REPEATED} == {}


def test_the_same_words_mean_the_same(trained, apart):
    assert duplicates.contradictions([*trained, *apart]) == []


def test_nothing_like_a_held_apart_sentence_is_learnt(trained, apart):
    assert [str(pair) for pair in duplicates.between(apart, trained)] == []


def test_every_intent_has_held_apart_sentences_enough(trained, apart):
    counts = Counter(example.intent for example in apart)
    assert set(counts) == {example.intent for example in trained}
    assert min(counts.values()) >= HELD_APART_EACH
