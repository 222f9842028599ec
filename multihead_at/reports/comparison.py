"""AT against the baseline, run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multihead_at.errors import InputError
from multihead_at.reports.mean_difference import MeanDifference
from multihead_at.reports.permutation_test import permutation_test
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.table_line import FIGURES, TableLine
from multihead_at.runs import RunFolder
from multihead_at.scoring import DocumentCounts

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
            InputError: counts are damaged or do not add up to the run's figures.
            ValueError: those of a pair are of other documents.
        """
        differences = {
            figure: MeanDifference.of(
                [getattr(at, f"{figure}_f1") - getattr(baseline, f"{figure}_f1") for baseline, at in pairs]
            )
            for figure in FIGURES
        }
        for result in (result for pair in pairs for result in pair):
            if not RunFolder(result.folder).counts("test").exists():
                return cls(line, tuple(pairs), differences, without_counts=result)
        counts = [(_read_counts(baseline), _read_counts(at)) for baseline, at in pairs]
        units = [
            [(at.fold, number, doc_id) for number, doc_id in enumerate(of_at.doc_ids)]
            for (_, at), (_, of_at) in zip(pairs, counts)
        ]
        documents = len({unit for of_pair in units for unit in of_pair})
        return cls(line, tuple(pairs), differences, documents, permutation_test(counts, units))


def compare_lines(lines: Sequence[TableLine]) -> tuple[list[Comparison], list[str]]:
    """Compares every line with AT with the baseline of the same group and variant, where they share a run.

    Returns:
        The comparisons, and a remark on each pair of runs that is left out, as they were tested on other
        documents.

    Raises:
        InputError: as `Comparison.of`.
    """
    baselines = {(line.group, line.variant): line for line in lines if line.results and line.alpha == 0}
    comparisons, remarks = [], []
    for line in lines:
        baseline = baselines.get((line.group, line.variant)) if line.results and line.alpha else None
        if baseline is not None:
            pairs = _pairs(baseline, line)
            same = [pair for pair in pairs if _are_of_same_documents(*pair)]
            remarks += [_remark(line, *pair) for pair in pairs if pair not in same]
            if same:
                comparisons.append(Comparison.of(line, same))
    return comparisons, remarks


def _pairs(baseline: TableLine, line: TableLine) -> list[tuple[RunResult, RunResult]]:
    """The runs of the same seed and fold."""
    by_seed = {(result.seed, result.fold): result for result in baseline.results}
    return [
        (by_seed[result.seed, result.fold], result)
        for result in line.results
        if (result.seed, result.fold) in by_seed
    ]


def _are_of_same_documents(baseline: RunResult, at: RunResult) -> bool:
    """Whether nothing says that they are not."""
    if baseline.data.differences(at.data):
        return False
    if not all(RunFolder(result.folder).counts("test").exists() for result in (baseline, at)):
        return True
    of_baseline, of_at = _read_counts(baseline), _read_counts(at)
    return of_baseline.doc_ids == of_at.doc_ids and of_baseline.labels == of_at.labels


def _remark(line: TableLine, baseline: RunResult, at: RunResult) -> str:
    return (
        f"{line.name}: {at.folder.name} is not compared with {baseline.folder.name}, as they are of other "
        "documents"
    )


def _read_counts(result: RunResult) -> DocumentCounts:
    path = RunFolder(result.folder).counts("test")
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
