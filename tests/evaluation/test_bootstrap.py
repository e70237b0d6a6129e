import numpy as np
import pytest

from evaluation.bootstrap import Difference, paired


def values(ones, zeros):
    return np.array([True] * ones + [False] * zeros)


def test_the_same_answers_are_no_difference():
    same = values(70, 30)
    assert paired(same, same) == Difference(0.0, 0.0, 0.0)
    assert paired(same, same).verdict == "not significantly worse"


def test_a_clear_difference_is_told_both_ways():
    better, worse = values(90, 10), values(60, 40)
    assert paired(better, worse).verdict == "significantly better"
    assert paired(worse, better).verdict == "significantly worse"
    assert paired(better, worse).mean == pytest.approx(0.3)


def test_a_few_examples_prove_nothing():
    assert paired(values(4, 6), values(5, 5)).verdict == "not significantly worse"


def test_the_bounds_are_those_of_the_known_distribution():
    # 20 of 400 gained, 20 lost: the deviation of the mean is sqrt(40 / 400) / sqrt(400) = 0.0158.
    ours = np.array([1] * 20 + [0] * 20 + [1] * 360)
    theirs = np.array([0] * 20 + [1] * 20 + [1] * 360)
    found = paired(ours, theirs)
    assert found.mean == 0
    assert found.high == pytest.approx(1.96 * 0.0158, abs=0.003)
    assert found.low == pytest.approx(-found.high, abs=0.003)


def test_it_can_be_repeated():
    ours, theirs = values(50, 50), np.roll(values(55, 45), 7)
    assert paired(ours, theirs) == paired(ours, theirs)


@pytest.mark.parametrize("examples", [0, 1])
def test_one_example_tells_nothing(examples):
    found = paired(values(0, examples), values(examples, 0))
    assert (found.low, found.high, found.verdict) == (-1, 1, "not significantly worse")
