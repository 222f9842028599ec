"""A line of our Table 1: the paper's figures and ours."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from multihead_at.reports.paper_row import PaperRow
from multihead_at.reports.row_group import RowGroup
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.variant import Variant

FIGURES = ("entity", "relation", "overall")
"""The three F1s of a line."""

LETTERS = {"strict": "S", "boundaries": "B", "relaxed": "R"}
"""The paper's letters of the evaluations."""


@dataclass(frozen=True)
class TableLine:
    """A line. Figures are F1 in percent.

    Attributes:
        dataset: as the paper writes it; one that it has not, as in `--dataset`.
        settings: as the paper calls the model, and what tells the line from the row that it stands below.
        evaluation: `strict`, `boundaries` or `relaxed`.
        paper: the paper's row, if it has one for this.
        group: what the line is compared with; None for a system that the paper cites.
        variant: how its runs were trained; None without a run.
        alpha: of AT; 0 for the baseline, None where none is chosen.
        of_row: whether it is the row itself, and not another alpha or another variant below it.
        results: its runs, by seed and fold.
    """

    dataset: str
    settings: str
    evaluation: str
    paper: PaperRow | None
    group: RowGroup | None = None
    variant: Variant | None = None
    alpha: float | None = None
    of_row: bool = True
    results: tuple[RunResult, ...] = ()

    @property
    def split(self) -> str:
        """`fixed` or as `10-fold`; empty for a system that the paper cites."""
        return "" if self.group is None else self.group.split

    @property
    def name(self) -> str:
        """What the line is, for a message."""
        words = [self.dataset, self.settings, self.evaluation, *([self.split] if self.split else [])]
        return ", ".join(words)

    def values(self, figure: str) -> list[float]:
        """One of `FIGURES` of every run."""
        return [getattr(result, f"{figure}_f1") for result in self.results]

    def mean(self, figure: str) -> float | None:
        """The mean over the runs; None without a run."""
        return statistics.fmean(self.values(figure)) if self.results else None

    def sd(self, figure: str) -> float | None:
        """The sample's standard deviation (n - 1) over the runs; None with fewer than two."""
        return statistics.stdev(self.values(figure)) if len(self.results) > 1 else None

    def published(self, figure: str) -> float | None:
        """The paper's figure."""
        return None if self.paper is None else getattr(self.paper, figure)

    def difference(self, figure: str) -> float | None:
        """Our mean minus the paper's figure; None where either is missing, or folds are, which differ."""
        mean, published = self.mean(figure), self.published(figure)
        return None if mean is None or published is None or self.missing_folds else mean - published

    @property
    def missing_folds(self) -> dict[int, list[int]]:
        """For each seed of a cross-validation that is not whole, the folds that it has no run of."""
        if self.group is None or not self.group.folded:
            return {}
        missing = {}
        for seed in dict.fromkeys(result.seed for result in self.results):
            there = {result.fold for result in self.results if result.seed == seed}
            missing[seed] = [fold for fold in range(self.group.folds) if fold not in there]
        return {seed: folds for seed, folds in missing.items() if folds}

    @property
    def runs(self) -> str:
        """How many there are; as `2 of 10` where folds are missing."""
        missing = sum(map(len, self.missing_folds.values()))
        there = len(self.results)
        return f"{there} of {there + missing}" if missing else str(there)

    @property
    def cpu_seconds(self) -> float | None:
        """The mean over the runs."""
        return statistics.fmean(result.cpu_seconds for result in self.results) if self.results else None
