"""What the rows of a table have in common that are compared with each other."""

from __future__ import annotations

from typing import NamedTuple

from multihead_at.datasets import NO_FOLD, count_folds
from multihead_at.reports.run_result import RunResult

_MODELS = {"BIO": "baseline", "EC": "baseline EC"}


class RowGroup(NamedTuple):
    """A dataset, what is predicted, how it is scored and on which split.

    Attributes:
        dataset: as in `--dataset`.
        tag_set: `BIO` or `EC`.
        evaluation: `strict`, `boundaries` or `relaxed`.
        folded: whether it is cross-validation, and not the split into files.
    """

    dataset: str
    tag_set: str
    evaluation: str
    folded: bool

    @classmethod
    def of(cls, result: RunResult) -> RowGroup:
        """The group that a run belongs to."""
        return cls(result.dataset, result.tag_set, result.evaluation, result.fold != NO_FOLD)

    @property
    def split(self) -> str:
        """`fixed`, or as `10-fold`."""
        return f"{self.folds}-fold" if self.folded else "fixed"

    @property
    def folds(self) -> int:
        """How many runs a seed has."""
        return count_folds(self.dataset) if self.folded else 1

    def settings(self, *, adversarial: bool) -> str:
        """The model's name in the paper's table."""
        return _MODELS[self.tag_set] + (" + AT" if adversarial else "")
