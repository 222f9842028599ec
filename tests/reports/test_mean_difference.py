from __future__ import annotations

import math

import pytest
from scipy import stats

from multihead_at.reports.mean_difference import MeanDifference


def test_the_interval_of_three_pairs_by_hand() -> None:
    # Mean 2, deviations -1, 0, 1: sd 1. t(0.975, 2 degrees of freedom) = 4.302653, from any table.
    found = MeanDifference.of([1.0, 2.0, 3.0])
    assert found.mean == 2
    assert found.low == pytest.approx(2 - 4.302653 / math.sqrt(3), abs=1e-5)
    assert found.high == pytest.approx(2 + 4.302653 / math.sqrt(3), abs=1e-5)


def test_the_interval_is_that_of_the_t_test() -> None:
    differences = [0.3, -0.1, 0.8, 0.4, 0.2]
    found = MeanDifference.of(differences)
    expected = stats.ttest_1samp(differences, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_equal_differences_are_sure_and_a_single_one_says_nothing() -> None:
    assert MeanDifference.of([0.5, 0.5]) == MeanDifference(0.5, 0.5, 0.5)
    assert MeanDifference.of([0.5]) == MeanDifference(0.5, None, None)
