"""Which alpha is best on dev, and the record of that choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from multihead_at.experiments.dev_figures import dev_figures
from multihead_at.experiments.training import Training


@dataclass(frozen=True)
class AlphaChoice:
    """An alpha, and the dev figures that it was chosen by.

    Attributes:
        row: the key of the row that it was chosen for.
        alpha: the best.
        tried: for each alpha its run and its figures on dev (F1 in percent, epoch), in the order of trying.
    """

    row: str
    alpha: float
    tried: tuple[Mapping[str, Any], ...]

    @classmethod
    def by_dev(cls, results: Mapping[Training, Mapping[str, Any]]) -> AlphaChoice:
        """The alpha with the best overall F1 on dev; of equal ones the smaller.

        Args:
            results: what `result.json` holds, of each tuning training of one row.

        Raises:
            InputError: a result has no such figure.
        """
        tried = tuple(
            {"alpha": training.alpha, **dev_figures(training, result)} for training, result in results.items()
        )
        best = max(tried, key=lambda figures: (figures["overall_f1"], -figures["alpha"]))
        return cls(next(iter(results)).row.key, best["alpha"], tried)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for a result file."""
        return {
            "row": self.row,
            "alpha": self.alpha,
            "chosen by": "overall F1 on dev (percent), phase 1 only; of equal ones the smaller alpha",
            "tried": list(self.tried),
        }

    def __str__(self) -> str:
        figures = ", ".join(f"{one['alpha']:g}: {one['overall_f1']:.2f}" for one in self.tried)
        return f"alpha {self.alpha:g} chosen on dev (overall F1 of {figures})"
