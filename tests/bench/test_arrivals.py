from itertools import pairwise
from statistics import mean, pstdev

from bench.arrivals import poisson


def test_as_many_come_as_the_rate_says_within_the_time():
    moments = list(poisson(rate=50, seconds=100, seed=1))
    assert 4_700 < len(moments) < 5_300
    assert moments == sorted(moments)
    assert all(0 < moment < 100 for moment in moments)


def test_nobody_waits_for_the_one_before():
    moments = list(poisson(rate=50, seconds=100, seed=1))
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    # Of such gaps the mean and the deviation are equal; of a steady beat the deviation would be nothing.
    assert 0.9 < pstdev(gaps) / mean(gaps) < 1.1


def test_a_round_can_be_repeated_and_another_is_another():
    assert list(poisson(9, 10, seed=1)) == list(poisson(9, 10, seed=1)) != list(poisson(9, 10, seed=2))
