"""AT against the baseline, run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multihead_at.errors import InputError
from multihead_at.reports.mean_difference import MeanDifference
from multihead_at.reports.permutation_test import permutation_test
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.table_line import FIGURES, TableLine
from multihead_at.scoring import DocumentCounts

COUNTS_FILE = "counts-test.csv"

# Reported figures have 4 decimals.
_ROUNDING = 1e-4


@dataclass(frozen=True)
class Comparison:
    """A line with AT against its baseline.

    Attributes:
        line: the line with AT.
        pairs: the runs of baseline and AT with the same seed and fold, at least one.
        differences: AT minus baseline in points of F1, for each of `FIGURES`.
        documents: how many different test documents the pairs have; 0 where a run lacks its counts.
        p_value: of the permutation test over these documents; None where a run lacks its counts.
        without_counts: the first run that does.
    """

    line: TableLine
    pairs: tuple[tuple[RunResult, RunResult], ...]
    differences: dict[str, MeanDifference]
    documents: int = 0
    p_value: float | None = None
    without_counts: RunResult | None = None

    @classmethod
    def of(cls, line: TableLine, pairs: Sequence[tuple[RunResult, RunResult]]) -> Comparison:
        """Compares the pairs by t interval and permutation test.

        Raises:
            InputError: counts are damaged or do not add up to the run's figures, or those of a pair are of
                other documents.
        """
        differences = {
            figure: MeanDifference.of(
                [getattr(at, f"{figure}_f1") - getattr(baseline, f"{figure}_f1") for baseline, at in pairs]
            )
            for figure in FIGURES
        }
        for result in (result for pair in pairs for result in pair):
            if not (result.folder / COUNTS_FILE).exists():
                return cls(line, tuple(pairs), differences, without_counts=result)
        counts = [(_read_counts(baseline), _read_counts(at)) for baseline, at in pairs]
        for pair, (of_baseline, of_at) in zip(pairs, counts):
            _check_same_documents(pair, of_baseline, of_at)
        units = [
            [(at.fold, number, doc_id) for number, doc_id in enumerate(of_at.doc_ids)]
            for (_, at), (_, of_at) in zip(pairs, counts)
        ]
        documents = len({unit for of_pair in units for unit in of_pair})
        return cls(line, tuple(pairs), differences, documents, permutation_test(counts, units))


def compare_lines(lines: Sequence[TableLine]) -> list[Comparison]:
    """Compares every line with AT with the baseline of the same group and variant, where they share a run."""
    baselines = {(line.group, line.variant): line for line in lines if line.results and line.alpha == 0}
    comparisons = []
    for line in lines:
        baseline = baselines.get((line.group, line.variant)) if line.results and line.alpha else None
        if baseline is not None:
            by_seed = {(result.seed, result.fold): result for result in baseline.results}
            pairs = [
                (by_seed[result.seed, result.fold], result)
                for result in line.results
                if (result.seed, result.fold) in by_seed
            ]
            if pairs:
                comparisons.append(Comparison.of(line, pairs))
    return comparisons


def _read_counts(result: RunResult) -> DocumentCounts:
    path = result.folder / COUNTS_FILE
    counts = DocumentCounts.read(path, result.evaluation)
    total = counts.total()
    for figure in FIGURES:
        found, reported = 100 * getattr(total, f"{figure}_f1"), getattr(result, f"{figure}_f1")
        if abs(found - reported) > _ROUNDING:
            raise InputError(
                f"expected counts that add up to the run's {figure} F1 of {reported:.4f}, "
                f"received ones that give {found:.4f}",
                path=path,
            )
    return counts


def _check_same_documents(
    pair: tuple[RunResult, RunResult], of_baseline: DocumentCounts, of_at: DocumentCounts
) -> None:
    if of_baseline.doc_ids != of_at.doc_ids or of_baseline.labels != of_at.labels:
        raise InputError(
            f"expected the documents and labels of {pair[0].folder / COUNTS_FILE}, received others",
            path=pair[1].folder / COUNTS_FILE,
        )
