"""Our Table 1 as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from multihead_at.reports.table_line import FIGURES, LETTERS, TableLine

_COLUMNS = (
    "dataset",
    "settings",
    "evaluation",
    "split",
    "runs",
    *(f"{figure}_{value}" for figure in FIGURES for value in ("f1", "sd")),
    *(f"paper_{figure}" for figure in FIGURES),
)


def format_csv(lines: Iterable[TableLine]) -> str:
    """A line for each of the table's, F1 in percent; what does not exist stays empty.

    The evaluation is the paper's letter: S strict, B boundaries, R relaxed.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        ours = [value for figure in FIGURES for value in (line.mean(figure), line.sd(figure))]
        writer.writerow(
            (
                line.dataset,
                line.settings,
                LETTERS[line.evaluation],
                line.split,
                len(line.results),
                # As many decimals as the runs report.
                *("" if value is None else f"{value:.4f}" for value in ours),
                *("" if value is None else f"{value:.2f}" for value in map(line.published, FIGURES)),
            )
        )
    return text.getvalue()
