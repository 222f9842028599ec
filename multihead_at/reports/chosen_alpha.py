"""The size of the perturbation that was chosen by dev."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.experiments.choice_record import alpha_record
from multihead_at.files import read_json
from multihead_at.reports.run_result import RunResult


def chosen_alpha(
    folder: Path, dataset: str, tuned: str, cut_epochs: int, results: Iterable[RunResult]
) -> float | None:
    """The alpha of a dataset's AT row.

    It is what `<dataset>/alpha-<bio|ec>.json` records (`alpha-<bio|ec>-epochs<n>.json` for runs that are cut
    short); without the file that of the runs, if all have one.

    Args:
        folder: of the results.
        dataset: as in `--dataset`.
        tuned: what it was chosen for, as `RunResult.tuned`.
        cut_epochs: of the runs that it is for.
        results: the runs there are; others than these are passed over.

    Returns:
        The alpha; None where there is no run with AT, or nothing says which of several is meant.

    Raises:
        InputError: the file cannot be read, or is damaged.
    """
    tag_set, *tried = tuned.split("+")
    path = folder / dataset / alpha_record(tag_set, tried, cut_epochs or None)
    if path.exists():
        alpha = read_json(path).get("alpha")
        if isinstance(alpha, bool) or not isinstance(alpha, (int, float)) or not 0 < alpha < math.inf:
            raise InputError(f"alpha: expected a number above 0, received {alpha!r}", path=path)
        return float(alpha)
    wanted = (dataset, tuned, cut_epochs)
    alphas = {
        result.alpha
        for result in results
        if (result.dataset, result.tuned, result.cut_epochs) == wanted and result.alpha > 0
    }
    return alphas.pop() if len(alphas) == 1 else None
