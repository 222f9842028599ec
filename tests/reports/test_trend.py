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


def test_the_band_is_as_wide_as_the_runs_differ() -> None:
    # Of 5 drawn runs k are the one at 55, and the mean is 50 + k: k = 0 in 33 % of the cases, at least 3 in
    # 5.8 %, at least 4 in 0.7 %. So the percentiles 2.5 and 97.5 are 50 and 53.
    found = Trend.of([[value] * 20 for value in (50.0, 50.0, 50.0, 50.0, 55.0)], 0)
    np.testing.assert_allclose(found.line, 51)
    np.testing.assert_allclose(found.low, 50)
    np.testing.assert_allclose(found.high, 53)


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
