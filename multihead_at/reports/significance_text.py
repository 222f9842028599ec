"""The comparisons of AT and baseline as Markdown and as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from multihead_at.reports.comparison import Comparison
from multihead_at.reports.figure_text import NONE, signed
from multihead_at.reports.markdown_text import markdown_table
from multihead_at.reports.mean_difference import MeanDifference
from multihead_at.reports.permutation_test import PERMUTATIONS
from multihead_at.reports.table_line import FIGURES, LETTERS
from multihead_at.runs import RunFolder

_INTRODUCTION = f"""\
# Does adversarial training help?

AT minus baseline in points of test F1, paired by seed and fold. Written by `multihead-at report` from the
runs' `result.json` and `counts-test.csv`.

- **95 % interval**: Student's t over the pairs; it needs two. It says what other seeds or folds would give.
  The folds of a cross-validation share training data, so their interval is somewhat too narrow.
- **p**: a paired permutation test of overall F1 over the test documents, two-sided. A permutation swaps each
  document's counts between the two systems with probability 1/2, in all seeds at once; each pair's overall F1
  is computed anew, as the table has it, and the differences are averaged over the pairs. {PERMUTATIONS:,}
  seeded permutations; the smallest p there is, is 1/{PERMUTATIONS + 1:,}. It says what other documents would
  give to these very runs.
"""

_COLUMNS = ("", "eval.", "split", "pairs", *FIGURES, "documents", "p")
_LEVEL = 0.05


def format_significance(comparisons: Sequence[Comparison]) -> str:
    """As Markdown: a table, and in a sentence for each what it says."""
    if not comparisons:
        return f"{_INTRODUCTION}\nNo run with AT has a baseline with its seed and fold yet.\n"
    table = markdown_table(_COLUMNS, [_row(comparison) for comparison in comparisons])
    sentences = [f"- {_name(comparison)}: {_verdict(comparison)}" for comparison in comparisons]
    return "\n".join([_INTRODUCTION, *table, "", *sentences]) + "\n"


def format_significance_csv(comparisons: Sequence[Comparison]) -> str:
    """As comma-separated values, F1 in points; what does not exist stays empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    values = [f"{figure}_{value}" for figure in FIGURES for value in ("difference", "low", "high")]
    writer.writerow(
        ("dataset", "settings", "evaluation", "split", "pairs", *values, "documents", "permutations", "p")
    )
    for comparison in comparisons:
        line, tested = comparison.line, comparison.p_value is not None
        writer.writerow(
            (
                line.dataset,
                line.settings,
                LETTERS[line.evaluation],
                line.split,
                len(comparison.pairs),
                *("" if value is None else f"{value:.4f}" for value in _intervals(comparison)),
                comparison.documents if tested else "",
                PERMUTATIONS if tested else "",
                f"{comparison.p_value:.4f}" if comparison.p_value is not None else "",
            )
        )
    return text.getvalue()


def _intervals(comparison: Comparison) -> Iterator[float | None]:
    for figure in FIGURES:
        difference = comparison.differences[figure]
        yield from (difference.mean, difference.low, difference.high)


def _row(comparison: Comparison) -> list[str]:
    line, p_value = comparison.line, comparison.p_value
    return [
        f"{line.dataset} {line.settings}",
        LETTERS[line.evaluation],
        line.split,
        str(len(comparison.pairs)),
        *(_with_interval(comparison.differences[figure]) for figure in FIGURES),
        str(comparison.documents) if p_value is not None else NONE,
        f"{p_value:.4f}" if p_value is not None else NONE,
    ]


def _with_interval(difference: MeanDifference) -> str:
    if difference.low is None:
        return signed(difference.mean)
    return f"{signed(difference.mean)} ({signed(difference.low)} to {signed(difference.high)})"


def _name(comparison: Comparison) -> str:
    line = comparison.line
    return f"{line.dataset} {line.settings} ({line.evaluation}, {line.split})"


def _verdict(comparison: Comparison) -> str:
    """What the comparison says about overall F1, in a sentence."""
    overall, p_value = comparison.differences["overall"], comparison.p_value
    if overall.low is None or overall.high is None:
        of_seeds = "one pair of runs says nothing of other seeds or folds"
    elif overall.low > 0 or overall.high < 0:
        of_seeds = "beyond chance over seeds or folds (the interval leaves out 0)"
    else:
        of_seeds = "within chance over seeds or folds (the interval includes 0)"
    if p_value is not None:
        side = "beyond" if p_value < _LEVEL else "within"
        of_documents = f"{side} chance over documents (p = {p_value:.4f})"
    else:
        assert comparison.without_counts is not None
        run = RunFolder(comparison.without_counts.folder)
        of_documents = f"no test over documents, as {run.name} has no {run.counts('test').name}"
    direction = "gains" if overall.mean >= 0 else "loses"
    return f"AT {direction} {abs(overall.mean):.2f} points of overall F1: {of_seeds}; {of_documents}."
