"""From rows to trainings."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence

from multihead_at.errors import InputError
from multihead_at.experiments.row import ALPHAS, Row
from multihead_at.experiments.training import Training


def select_rows(rows: Sequence[Row], *, dataset: str | None = None, only: str | None = None) -> list[Row]:
    """The rows of a dataset, and of a pattern.

    Args:
        rows: all there are.
        dataset: as in `Row`; None: of every dataset.
        only: a part of a row's key, in which `*` and `?` stand for anything; a whole key stands for that row
            alone. Several are separated by commas.

    Raises:
        InputError: there is no such row.
    """
    selected = [row for row in rows if dataset is None or row.dataset == dataset]
    if only is not None:
        keys = {row.key for row in rows}
        parts = [part.strip() for part in only.split(",")]
        patterns = [part if part in keys else f"*{part}*" for part in parts]
        selected = [
            row for row in selected if any(fnmatch.fnmatchcase(row.key, pattern) for pattern in patterns)
        ]
    if not selected:
        wanted = " ".join(
            f"--{name}={value}" for name, value in (("dataset", dataset), ("only", only)) if value is not None
        )
        raise InputError(f"no row fits {wanted}; there are {', '.join(row.key for row in rows)}")
    return selected


def plan_trainings(
    selected: Sequence[Row],
    rows: Sequence[Row],
    *,
    seeds: int | None = None,
    folds: int | None = None,
    epochs: int | None = None,
) -> list[Training]:
    """All trainings of some rows, in the order in which they are begun.

    Those that alpha is chosen by come before the row that needs it, also where this row takes its alpha from
    one that is not selected. A row with AT has the same seeds and folds as its baseline.

    Args:
        selected: the rows to train.
        rows: all there are.
        seeds: only that many of each row, the first; None: all.
        folds: the same for folds.
        epochs: of each phase, in place of the rows' own; None: their own.
    """
    row_of_key = {row.key: row for row in rows}
    trainings: list[Training] = []
    for row in selected:
        tuning = _tuning(row_of_key[row.tuned], epochs) if row.adversarial else ()
        trainings += (one for one in tuning if one not in trainings)
        trainings += (
            Training(row, seed, fold, chosen_by=tuning, epochs=epochs)
            for fold in row.folds[:folds] or (None,)
            for seed in row.seeds[:seeds]
        )
    return trainings


def _tuning(row: Row, epochs: int | None) -> tuple[Training, ...]:
    """The trainings that a row's alpha is chosen by: one for each, on the first fold, with the first seed."""
    fold = row.folds[0] if row.folds else None
    return tuple(Training(row, row.seeds[0], fold, alpha, dev_only=True, epochs=epochs) for alpha in ALPHAS)
