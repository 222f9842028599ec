"""Finding the finished runs below a folder."""

from __future__ import annotations

from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.reports.row_group import RowGroup
from multihead_at.reports.run_result import RESULT_FILE, RunResult
from multihead_at.reports.variant import Variant

_LAYOUT = f"<dataset>/<run>/{RESULT_FILE}"


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
    paths = sorted(path for path in folder.glob(f"*/*/{RESULT_FILE}") if path.parent.name[0] != ".")
    results = [result for result in (RunResult.read(path.parent) for path in paths) if result is not None]
    if not results:
        raise InputError(f"expected finished runs, as {_LAYOUT}; received none", path=folder)
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
