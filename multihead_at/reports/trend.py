"""The course of dev F1 over the epochs of several runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_CONFIDENCE = 0.95
_RESAMPLES = 500
_SEED = 1

# The share of the epochs that each point of the smoothed line is fitted to.
_SPAN = 1 / 3
# With fewer neighbours a point of the line is not determined; as few points are left as they are.
_FEWEST_POINTS = 4
# Of two runs Student's t makes a band as high as the figure.
_FEWEST_RUNS = 3


@dataclass(frozen=True)
class Trend:
    """Points and their LOWESS-smoothed line, for every epoch shown: `[epochs]` each.

    Attributes:
        epochs: their numbers.
        points: the mean over the runs.
        line: LOWESS of the points.
        low: where the 95 % band of the line begins.
        high: where it ends.
        of_runs: whether the band is of the runs' own lines, and not of resampled distances from the line.
    """

    epochs: np.ndarray
    points: np.ndarray
    line: np.ndarray
    low: np.ndarray
    high: np.ndarray
    of_runs: bool

    @classmethod
    def of(cls, runs: Sequence[Sequence[float]], first_epoch: int) -> Trend:
        """Smooths the mean of runs.

        Runs stop at different epochs: an epoch is shown while more than half of the runs reach it, and its
        point is the mean of those that do.

        The line is LOWESS without its robust iterations, over a third of the epochs. Such a LOWESS is linear
        in its points, so the line is the mean of the runs' own lines where all reach, and the band is
        Student's t interval of that mean, epoch by epoch: line ± t · sd / √n. With fewer than 3 runs the
        points' distances from the line are drawn anew instead, which says how well the line is fixed by them
        and nothing of other seeds.

        Args:
            runs: the score of each epoch from 0 on, `[runs][epochs of the run]`.
            first_epoch: where to begin; all runs must reach it.

        Raises:
            ImportError: statsmodels is not installed.
        """
        shown = sorted(map(len, runs))[(len(runs) - 1) // 2]
        scores = np.full((len(runs), shown), np.nan)
        for row, run in zip(scores, runs):
            row[: len(run)] = run[:shown]
        epochs, scores = np.arange(first_epoch, shown), scores[:, first_epoch:]
        points = np.nanmean(scores, axis=0)
        line = _smooth(epochs, points)
        if len(runs) >= _FEWEST_RUNS:
            margin = _margin(epochs, scores)
            return cls(epochs, points, line, line - margin, line + margin, of_runs=True)
        resampled = _resample_distances(epochs, line, points - line)
        low, high = np.percentile(resampled, [50 * (1 - _CONFIDENCE), 50 * (1 + _CONFIDENCE)], axis=0)
        return cls(epochs, points, line, low, high, of_runs=False)


def _margin(epochs: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Half the band's height, `[epochs]`, of scores `[runs, epochs]`; at least two runs reach each epoch."""
    from scipy import stats

    lines = np.full(scores.shape, np.nan)
    for line, run in zip(lines, scores):
        reached = ~np.isnan(run)
        line[reached] = _smooth(epochs[reached], run[reached])
    count = np.sum(~np.isnan(scores), axis=0)
    quantile = stats.t.ppf((1 + _CONFIDENCE) / 2, count - 1)
    return np.asarray(quantile * np.nanstd(lines, axis=0, ddof=1) / np.sqrt(count))


def _resample_distances(epochs: np.ndarray, line: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """`[epochs]` -> the lines of points at distances drawn anew, `[resamples, epochs]`."""
    # LOWESS of a sum is the sum of LOWESSes; the line is not smoothed again, as its bends would be cut off.
    # What it leaves out on the whole (at a bend, too) is no scatter either.
    scatter = distances - distances.mean()
    draw = np.random.Generator(np.random.PCG64(_SEED))
    places = draw.integers(len(epochs), size=(_RESAMPLES, len(epochs)))
    return np.array([line + _smooth(epochs, scatter[drawn]) for drawn in places])


def _smooth(epochs: np.ndarray, points: np.ndarray) -> np.ndarray:
    """LOWESS of points, `[epochs]` -> `[epochs]`."""
    from statsmodels.nonparametric.smoothers_lowess import lowess

    if len(points) < _FEWEST_POINTS:
        return points
    span = max(_SPAN, _FEWEST_POINTS / len(points))
    return np.asarray(lowess(points, epochs, frac=span, it=0, return_sorted=False), float)
