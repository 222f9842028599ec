"""From the result files of finished runs to tables, statistics and pictures."""

from __future__ import annotations

from multihead_at.reports.reports import Reports
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.table_line import TableLine
from multihead_at.reports.write_reports import write_reports

__all__ = ["Reports", "RunResult", "TableLine", "write_reports"]
