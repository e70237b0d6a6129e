"""Figures against ones worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.training_data.message import Message

from evaluation.answers import Answer, of_ranking
from evaluation.metrics import (
    Answered,
    calibration_error,
    confusions,
    f1_by_intent,
    figures,
    macro_f1,
    milliseconds,
    recall_out_of_scope,
    top,
    with_fallback,
)
from evaluation.sets import Example

OOS = "out_of_scope"


def answered(*rows):
    """Rows of (meant, ranking as "a b c", confidence of the first, score out of scope)."""
    examples = [Example(f"{number}", meant) for number, (meant, *_) in enumerate(rows)]
    answers = [
        Answer([(name, sure if place == 0 else 0.0) for place, name in enumerate(ranking.split())], score)
        for _, ranking, sure, score in rows
    ]
    return Answered(examples, answers, OOS)


FOUR = answered(("a", "a b c", 0.9, 0.1), ("a", "b c d a", 0.6, 0.4), ("b", "a b", 0.8, 0.2), (OOS, OOS, 0.7, 0.9))


def test_the_right_intent_counts_where_it_is_among_the_first():
    assert [top(FOUR, places) for places in (1, 2, 3, 4)] == [0.5, 0.75, 0.75, 1.0]


def test_f1_of_each_intent_and_their_mean():
    # a: precision 1/2, recall 1/2; b: precision 0; out of scope: found and nothing else taken for it.
    assert f1_by_intent(FOUR) == {"a": 0.5, "b": 0.0, OOS: 1.0}
    assert macro_f1(FOUR) == pytest.approx(0.5)


def test_out_of_scope_counts_only_where_it_was_learnt():
    assert figures(FOUR)["top1"] == 0.5
    assert figures(FOUR, learnt=False)["top1"] == pytest.approx(1 / 3)
    assert figures(FOUR, learnt=False)["examples"] == 4
    assert figures(FOUR)["auroc"] == figures(FOUR, learnt=False)["auroc"] == 1.0


def test_a_set_without_anything_out_of_scope_has_no_recall_of_it():
    found = figures(answered(("a", "a", 1.0, 0.0)))
    assert found["out_of_scope_recall"] is None and found["auroc"] is None
    assert found["in_scope_top1"] == 1.0


def test_calibration_error_is_the_mean_gap_of_bins_of_equal_size():
    # Two bins of two: (0.5, 0.5) half right: no gap; (0.9, 1.0) none right: 0.95.
    right = np.array([True, False, False, False])
    assert calibration_error([0.5, 0.5, 0.9, 1.0], right, bins=2) == pytest.approx(0.475)
    assert calibration_error([], np.array([], dtype=bool)) is None


def test_so_much_in_scope_is_kept_and_what_lies_above_is_found():
    scores = np.array([*(n / 100 for n in range(100)), 0.94, 0.95, 0.99])
    in_scope = np.array([True] * 100 + [False] * 3)
    # 95 of 100 lie at 0.94 or below; of the three out of scope two lie above.
    assert recall_out_of_scope(scores, in_scope) == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200))
def test_at_least_so_much_is_kept_whatever_the_scores(rows):
    scores = np.array([score for score, _ in rows] + [0.5])
    in_scope = np.array([inside for _, inside in rows[:-1]] + [True, False])
    kept = np.sort(scores[in_scope])[int(np.ceil(0.95 * in_scope.sum())) - 1]
    assert (scores[in_scope] <= kept).mean() >= 0.95
    assert recall_out_of_scope(scores, in_scope) == pytest.approx((scores[~in_scope] > kept).mean())


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=100))
def test_calibration_error_is_a_share(rows):
    error = calibration_error([sure for sure, _ in rows], np.array([right for _, right in rows]))
    assert 0 <= error <= 1


def test_confusions_are_counted_each_way_with_their_sentences():
    many = answered(*[("a", "b", 0.5, 0.0)] * 2, ("b", "a", 0.5, 0.0), ("a", "a", 0.5, 0.0))
    assert confusions(many, most=1) == [{"meant": "a", "taken_for": "b", "sentences": ["0", "1"]}]
    assert len(confusions(many)) == 2


def test_a_model_without_an_answer_is_wrong_and_unsure():
    nothing = answered(("a", "", 0.0, 1.0))
    assert top(nothing, 1) == 0.0
    assert calibration_error([a.confidence for a in nothing.answers], nothing.right()) == 0.0


def test_without_a_score_of_its_own_the_doubt_in_scope_is_the_score():
    ranking = [(OOS, 0.6), ("a", 0.3), ("b", 0.1)]
    assert of_ranking(ranking, OOS).out_of_scope == pytest.approx(0.7)
    assert of_ranking(ranking, None).out_of_scope == pytest.approx(0.4)
    assert of_ranking([], OOS).out_of_scope == 1.0


def test_times_are_told_in_milliseconds():
    found = milliseconds([Answer([], 0.0, seconds) for seconds in (0.001, 0.002, 0.003)])
    assert found["parse_p50_ms"] == pytest.approx(2.0)


def test_the_fallback_stops_the_unsure_and_the_undecided():
    rankings = [
        [("a", 0.9), ("b", 0.05)],  # sure and right
        [("b", 0.6), ("a", 0.3)],  # sure and wrong
        [("a", 0.39), ("b", 0.1)],  # right, unsure
        [("b", 0.45), ("a", 0.36)],  # wrong, undecided
        [(OOS, 0.3), ("a", 0.7)],  # wrong; put first for being out of scope
        [],
    ]
    answered = Answered([Example("x", "a")] * len(rankings), [Answer(ranking, 0.0) for ranking in rankings], OOS)
    assert with_fallback(answered, threshold=0.4, ambiguity=0.1) == pytest.approx(
        {"answered": 2 / 6, "right": 2 / 6, "right_of_answered": 1 / 2, "right_stopped": 1 / 2, "wrong_stopped": 3 / 4}
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_the_fallback_stops_what_rasas_own_stops(confidences):
    ranking = [(f"intent {place}", sure) for place, sure in enumerate(confidences)]
    rows = [{"name": name, "confidence": sure} for name, sure in ranking]
    message = Message({"intent": rows[0], "intent_ranking": rows})
    FallbackClassifier({"threshold": 0.4, "ambiguity_threshold": 0.1}).process([message])
    found = with_fallback(Answered([Example("x", "a")], [Answer(ranking, 0.0)], OOS), 0.4, 0.1)
    assert found["answered"] == float(message.get("intent")["name"] != "nlu_fallback")


def test_the_fallback_of_nothing_says_nothing():
    assert set(with_fallback(Answered([], [], OOS), 0.4, 0.1).values()) == {None}


def test_parts_are_measured_together():
    parts = [Answered([Example(text, "a")], [Answer([("a", 1.0)], 0.0)], OOS) for text in "xy"]
    whole = Answered.together(parts)
    assert ([example.text for example in whole.examples], len(whole.answers), whole.out_of_scope) == (
        ["x", "y"],
        2,
        OOS,
    )
