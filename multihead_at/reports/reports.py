"""What has been made from the results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from multihead_at.reports.comparison import Comparison
from multihead_at.reports.table_line import TableLine


@dataclass(frozen=True)
class Reports:
    """The reports on a folder of results.

    Attributes:
        lines: of the table.
        comparisons: of AT with the baseline.
        remarks: what is not whole or left out, a sentence each without a full stop.
        files: what was written.
    """

    lines: tuple[TableLine, ...]
    comparisons: tuple[Comparison, ...]
    remarks: tuple[str, ...]
    files: tuple[Path, ...]
