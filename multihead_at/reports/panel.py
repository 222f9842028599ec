"""One dataset in the figure of dev F1 by epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from multihead_at.datasets import NO_FOLD
from multihead_at.reports.table_line import TableLine
from multihead_at.runs import EpochLog, RunFolder

_EVALUATED = {"BIO": "NER", "EC": "EC"}


@dataclass(frozen=True)
class Panel:
    """The runs of a dataset, of the baseline and of AT.

    Attributes:
        title: dataset, task, evaluation and split; on a line of its own that the runs are cut short.
        baseline: the overall dev F1 of each epoch of phase 1, in percent, `[runs][epochs of the run]`.
        adversarial: the same of AT.
    """

    title: str
    baseline: tuple[tuple[float, ...], ...] = ()
    adversarial: tuple[tuple[float, ...], ...] = ()


def read_panels(lines: Sequence[TableLine]) -> list[Panel]:
    """Reads the epochs of the runs of all rows, one panel for a baseline and its AT.

    Args:
        lines: of the table; those below the rows are left out.

    Raises:
        InputError: a run's epochs cannot be read, or are damaged.
    """
    rows = [line for line in lines if line.of_row and line.results and line.group is not None]
    panels = []
    for group in dict.fromkeys(line.group for line in rows):
        assert group is not None
        runs = _runs([line for line in rows if line.group == group])
        dataset, variant = next((line.dataset, line.variant) for line in rows if line.group == group)
        assert variant is not None
        split = group.split if group.folded else f"{group.split} split"
        title = f"{dataset} {_EVALUATED[group.tag_set]}, {group.evaluation}, {split}"
        # Below it: beside it there is no room.
        title = "\n".join([title, *variant.always_told])
        panels.append(Panel(title, runs.get(False, ()), runs.get(True, ())))
    return panels


def _runs(lines: Sequence[TableLine]) -> dict[bool, tuple[tuple[float, ...], ...]]:
    """The runs of the baseline and of AT; of folds those that both have, as folds differ more than models."""
    folds = [{(one.seed, one.fold) for one in line.results} for line in lines]
    shared = set.intersection(*folds)
    return {
        bool(line.alpha): tuple(
            _scores(one.folder)
            for one in line.results
            if one.fold == NO_FOLD or not shared or (one.seed, one.fold) in shared
        )
        for line in lines
    }


def _scores(folder: Path) -> tuple[float, ...]:
    epochs = EpochLog(RunFolder(folder).epochs).read_phase_one(["dev_overall"])
    return tuple(overall for (overall,) in epochs)
