"""A mean of differences and how sure it is."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_CONFIDENCE = 0.95


@dataclass(frozen=True)
class MeanDifference:
    """The mean of paired differences with its 95 % interval.

    Attributes:
        mean: the mean.
        low: where the interval begins; None with fewer than two pairs.
        high: where it ends.
    """

    mean: float
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, differences: Sequence[float]) -> MeanDifference:
        """Student's t interval of the mean: mean ± t · sd / √n, with n - 1 degrees of freedom.

        Args:
            differences: one for each pair, at least one.
        """
        mean = statistics.fmean(differences)
        count = len(differences)
        if count < 2:
            return cls(mean)
        from scipy import stats

        quantile = float(stats.t.ppf((1 + _CONFIDENCE) / 2, count - 1))
        margin = quantile * statistics.stdev(differences) / math.sqrt(count)
        return cls(mean, mean - margin, mean + margin)
