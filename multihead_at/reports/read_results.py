"""Finding the finished runs below a folder."""

from __future__ import annotations

from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.reports.row_group import RowGroup
from multihead_at.reports.run_result import RunResult
from multihead_at.reports.variant import Variant
from multihead_at.runs import RunFolder


def read_results(folder: Path) -> list[RunResult]:
    """Reads every `<dataset>/<run>/result.json`, in the order of their names.

    Folders without it are passed over: their runs are not finished. So are hidden ones, which are being
    copied, and runs that were not tested.

    Raises:
        InputError: there is no such folder or no finished run in it, a file is damaged, or a run is there
            twice.
    """
    if not folder.is_dir():
        raise InputError("expected the folder of results", path=folder)
    runs = [
        run for run in sorted(folder.glob("*/*")) if run.name[0] != "." and RunFolder(run).result.exists()
    ]
    results = [result for result in map(RunResult.read, runs) if result is not None]
    if not results:
        expected = "expected finished runs, as <dataset>/<run>/result.json; received none"
        raise InputError(expected, path=folder)
    _refuse_repetitions(results)
    return results


def _refuse_repetitions(results: list[RunResult]) -> None:
    """Refuses two folders with one run: it would count twice in the mean."""
    first: dict[tuple[object, ...], RunResult] = {}
    for result in results:
        group, variant = RowGroup.of(result), Variant.of(result)
        run = (group, variant, result.alpha, result.seed, result.fold)
        other = first.setdefault(run, result)
        if other is not result:
            raise InputError(f"the same run as {other.folder}: expected each once", path=result.folder)
