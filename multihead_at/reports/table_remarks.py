"""What a reader of the table should know about its runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from multihead_at.config import MACHINE_SETTINGS
from multihead_at.files import read_json
from multihead_at.reports.table_line import TableLine
from multihead_at.runs import RunFolder

# What the runs of a mean may differ in: the first two it is a mean over, the others change no figure.
_MAY_DIFFER = {"seed", "fold", *MACHINE_SETTINGS}


def table_remarks(lines: Sequence[TableLine]) -> list[str]:
    """Says which rows are not whole, and what the runs themselves say about their splits.

    Args:
        lines: of the table.

    Returns:
        One sentence each, without a full stop.

    Raises:
        InputError: the settings of a run cannot be read.
    """
    remarks = list(_unchosen(lines))
    for line in lines:
        remarks += _missing_folds(line)
        remarks += _mixed_settings(line)
    splits = {
        f"{line.dataset}, {line.split}: {result.documents}": None
        for line in lines
        if line.group is not None and line.group.folded
        for result in line.results
        if result.split
    }
    return remarks + list(splits)


def _unchosen(lines: Sequence[TableLine]) -> Iterator[str]:
    for row in lines:
        if row.group is not None and row.alpha is None:
            others = [line for line in lines if line.group == row.group and line.alpha]
            alphas = sorted({line.alpha for line in others if line.alpha is not None})
            if alphas:
                several = ", ".join(f"{alpha:g}" for alpha in alphas)
                yield (
                    f"{row.name}: runs with alpha {several}, and no record of a choice: "
                    "each has a line of its own"
                )


def _missing_folds(line: TableLine) -> Iterator[str]:
    for seed, missing in line.missing_folds.items():
        yield f"{line.name}: seed {seed} is not whole, without folds {', '.join(map(str, missing))}"


def _mixed_settings(line: TableLine) -> Iterator[str]:
    """Names settings that the runs of one mean do not share; one that an older run lacks is passed over."""
    paths = [RunFolder(result.folder).flags for result in line.results]
    settings = [read_json(path) for path in paths if path.exists()]
    for name in dict.fromkeys(name for one in settings for name in one if name not in _MAY_DIFFER):
        values = sorted({json.dumps(one[name]) for one in settings if name in one})
        if len(values) > 1:
            yield f"{line.name}: its runs do not share {name}: {', '.join(values)}"
