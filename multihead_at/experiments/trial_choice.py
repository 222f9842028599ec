"""Which of the tried settings are best on dev, and the record of that choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from multihead_at.experiments.dev_figures import dev_figures
from multihead_at.experiments.trial import Trial


@dataclass(frozen=True)
class TrialChoice:
    """Settings, and the dev figures that they were chosen by.

    Attributes:
        row: the key of the row that they were tried with.
        settings: the best, as `learning_rate=0.002`.
        tried: for each of the settings its run and its figures on dev, in the order of trying.
    """

    row: str
    settings: tuple[str, ...]
    tried: tuple[Mapping[str, Any], ...]

    @classmethod
    def by_dev(cls, trial: Trial, results: list[Mapping[str, Any]]) -> TrialChoice:
        """The settings with the best overall F1 on dev; of equal ones the first.

        Args:
            trial: what was tried.
            results: what `result.json` holds, of each of its trainings.

        Raises:
            InputError: a result has no such figure.
        """
        tried = tuple(
            {"settings": list(training.row.tried), **dev_figures(training, result)}
            for training, result in zip(trial.trainings, results)
        )
        best = max(tried, key=lambda figures: figures["overall_f1"])
        return cls(trial.row.key, tuple(best["settings"]), tried)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for a result file."""
        return {
            "row": self.row,
            "settings": list(self.settings),
            "chosen by": "overall F1 on dev (percent) of the baseline, phase 1 only; of equal ones the first",
            "tried": list(self.tried),
        }

    def __str__(self) -> str:
        figures = ", ".join(f"{' '.join(one['settings'])}: {one['overall_f1']:.2f}" for one in self.tried)
        return f"{' '.join(self.settings)} chosen on dev (overall F1 of {figures})"
