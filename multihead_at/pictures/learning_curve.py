"""Dev scores and loss of a run, epoch by epoch."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError

_EPOCHS_FILE = "epochs.jsonl"
_FIGURES = ("dev_overall", "dev_entity", "dev_relation", "loss")


@dataclass(frozen=True)
class LearningCurve:
    """The epochs of phase 1, which is the one that dev is scored in; F1 in percent, `[epochs]` each.

    Attributes:
        name: the run's.
        overall: dev F1, as are the next two.
        entity: of entities.
        relation: of relations.
        loss: of training, summed over a step's sentences and averaged over the steps.
    """

    name: str
    overall: tuple[float, ...]
    entity: tuple[float, ...]
    relation: tuple[float, ...]
    loss: tuple[float, ...]

    @property
    def best_epoch(self) -> int:
        """The epoch whose weights are kept: of the highest overall F1, and of several such the last."""
        return max(range(len(self.overall)), key=lambda epoch: (self.overall[epoch], epoch))

    @classmethod
    def read(cls, folder: Path, name: str) -> LearningCurve:
        """Reads a run's epochs; a last line that is not whole, as in a run that was killed, is left out.

        Raises:
            InputError: they cannot be read, or there are none or damaged ones of phase 1.
        """
        path = folder / _EPOCHS_FILE
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise InputError.from_os_error("read", error, path) from error
        rows: list[list[float]] = []
        # What stands behind the last line end is no whole line.
        for number, line in enumerate(lines[:-1], start=1):
            try:
                figures = json.loads(line)
                if figures["phase"] == 1:
                    rows.append(_row(figures, len(rows)))
            except (KeyError, OverflowError, TypeError, ValueError, RecursionError) as error:
                message = f"expected the figures of an epoch: {type(error).__name__}, {error}"
                raise InputError(message, path=path, line=number) from None
        if not rows:
            raise InputError("expected epochs of phase 1, received none", path=path)
        overall, entity, relation, loss = (tuple(column) for column in zip(*rows))
        return cls(name, overall, entity, relation, loss)


def _row(figures: Mapping[str, Any], epoch: int) -> list[float]:
    if figures["epoch"] != epoch:
        raise ValueError(f"epoch {figures['epoch']!r} where {epoch} belongs")
    row = [float(figures[name]) for name in _FIGURES]
    if not all(map(math.isfinite, row)):
        raise ValueError("a figure that is no number")
    return row
