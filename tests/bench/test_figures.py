import pytest

from bench.figures import medians, percentile, spread


def test_a_percentile_is_one_of_the_values():
    values = [*range(1, 101)]
    assert [percentile(values, share) for share in (50, 95, 99, 100)] == [50, 95, 99, 100]


def test_of_few_values_the_high_percentiles_are_the_largest():
    assert [percentile([3.0, 1.0, 2.0], share) for share in (0, 50, 95, 99)] == [1.0, 2.0, 3.0, 3.0]


def test_without_values_there_is_no_percentile():
    with pytest.raises(IndexError):
        percentile([], 50)


def test_a_spread_has_a_name_for_each_share():
    assert spread("answered", [7.0]) == {"answered_p50": 7.0, "answered_p95": 7.0, "answered_p99": 7.0}


def test_one_bad_round_moves_no_median():
    rounds = [{"rate": 80.0}, {"rate": 3.0}, {"rate": 82.0}]
    assert medians(rounds) == {"rate": 80.0}


def test_a_figure_that_only_some_rounds_have_counts_where_it_is():
    assert medians([{"rate": 1.0}, {"rate": 3.0, "late": 5.0}]) == {"rate": 2.0, "late": 5.0}
