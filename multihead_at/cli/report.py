"""The command `report`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.cli.command import Command
from multihead_at.cli.report_flags import REPORT_FLAGS
from multihead_at.cli.report_text import format_lines


def report_results(folder: Path, *, figure: bool = True) -> None:
    """Makes the reports on a folder of results, and shows the table.

    Args:
        folder: of the results; takes the reports.
        figure: whether the figure is drawn, too.

    Raises:
        InputError: as `write_reports`.
    """
    # numpy takes its time to import, which no help and no wrong flag needs.
    from multihead_at.reports import write_reports

    reports = write_reports(folder, figure=figure)
    print(format_lines(reports.lines))
    for remark in reports.remarks:
        print(f"multihead-at: note: {remark}", file=sys.stderr)
    for path in reports.files:
        print(f"written: {path}")


def _report(given: Mapping[str, Any]) -> None:
    report_results(Path(given.get("results", "results")), figure=given.get("figure", True))


REPORT = Command(
    name="report",
    summary="Make the tables, the statistics and the figure from the results of finished runs.",
    explanation=(
        "Writes into the folder of results: table1.md, table1.csv and table1.tex (the paper's Table 1 beside "
        "our means), significance.md and significance.csv (AT against the baseline), figure2.png and "
        "figure2.svg (dev F1 by epoch). The same results give the same files."
    ),
    groups=REPORT_FLAGS,
    run=_report,
)
