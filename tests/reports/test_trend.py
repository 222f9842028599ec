from __future__ import annotations

import numpy as np
import pytest

from multihead_at.reports.trend import Trend


def test_points_are_means_while_more_than_half_of_the_runs_go_on() -> None:
    runs = [[1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0], [5.0, 6.0]]
    found = Trend.of(runs, 1)
    # Epochs 1 (of all) and 2 (of two); at epoch 3 only one is left.
    assert found.epochs.tolist() == [1, 2]
    assert found.points.tolist() == [4.0, 4.0]


def test_a_straight_line_is_its_own_trend() -> None:
    straight = [0.5 * epoch + 10 for epoch in range(30)]
    found = Trend.of([straight] * 3, 5)
    assert found.of_runs
    np.testing.assert_allclose(found.line, straight[5:])
    # Runs that agree leave no doubt.
    np.testing.assert_allclose(found.low, straight[5:])
    np.testing.assert_allclose(found.high, straight[5:])


def test_the_band_is_the_t_interval_of_the_runs() -> None:
    # Mean 51, standard deviation sqrt(5) and so a standard error of 1; t with 4 degrees of freedom is 2.7764.
    found = Trend.of([[value] * 20 for value in (50.0, 50.0, 50.0, 50.0, 55.0)], 0)
    np.testing.assert_allclose(found.line, 51)
    np.testing.assert_allclose(found.low, 51 - 2.7764, atol=1e-4)
    np.testing.assert_allclose(found.high, 51 + 2.7764, atol=1e-4)


def test_where_a_run_has_ended_the_band_is_that_of_the_others() -> None:
    # At first of 50, 52, 54: sd 2, t with 2 degrees of freedom is 4.3027. Then of 50 and 52: sd 1.4142,
    # t with one is 12.7062.
    found = Trend.of([[50.0] * 12, [52.0] * 12, [54.0] * 6], 0)
    half = (found.high - found.low) / 2
    np.testing.assert_allclose(half[:6], 4.3027 * 2 / 3**0.5, rtol=1e-4)
    np.testing.assert_allclose(half[6:], 12.7062, rtol=1e-4)


@pytest.mark.parametrize("count", [3, 5, 10])
def test_the_band_holds_the_true_course_about_as_often_as_it_says(count: int) -> None:
    draw = np.random.default_rng(count)
    course = 60 - 30 * 0.8 ** np.arange(20)
    held = 0
    for _ in range(200):
        # Runs differ as a whole, and from epoch to epoch.
        runs = course + draw.normal(0, 1, (count, 1)) + draw.normal(0, 0.3, (count, 20))
        found = Trend.of(runs.tolist(), 0)
        held += bool(found.low[12] <= course[12] <= found.high[12])
    # 95 % of 200, give or take four standard deviations.
    assert 178 <= held <= 200


def test_with_two_runs_the_distances_from_the_line_are_resampled() -> None:
    draw = np.random.default_rng(0)
    noisy = [(50 + draw.normal(0, 1, size=40)).tolist() for _ in range(2)]
    found = Trend.of(noisy, 0)
    assert not found.of_runs
    assert np.all(found.low <= found.line)
    assert np.all(found.line <= found.high)
    assert 0.1 < np.mean(found.high - found.low) < 3


def test_the_band_of_a_single_run_holds_its_line_in_a_bend() -> None:
    draw = np.random.default_rng(0)
    bent = [min(10.0 + 2 * epoch, 70.0) + draw.normal(0, 0.2) for epoch in range(60)]
    found = Trend.of([bent], 0)
    assert np.all(found.low <= found.line)
    assert np.all(found.line <= found.high)


@pytest.mark.parametrize("runs", [[[5.0]], [[5.0, 6.0]], [[5.0, 6.0]] * 3, [[5.0, 6.0, 7.0, 7.5, 9.0]]])
def test_the_shortest_runs(runs: list[list[float]]) -> None:
    found = Trend.of(runs, 0)
    assert found.points.tolist() == runs[0]
    for values in (found.line, found.low, found.high):
        assert np.isfinite(values).all()


def test_the_same_runs_give_the_same_band() -> None:
    runs = [[float(value) for value in np.random.default_rng(n).normal(50, 1, 15)] for n in range(3)]
    one, other = Trend.of(runs, 2), Trend.of(runs, 2)
    assert one.low.tolist() == other.low.tolist()
    assert one.high.tolist() == other.high.tolist()
