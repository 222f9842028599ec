"""Dev scores and loss of a run, epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from multihead_at.runs import EpochLog, RunFolder

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
        rows = EpochLog(RunFolder(folder).epochs).read_phase_one(_FIGURES)
        overall, entity, relation, loss = (tuple(column) for column in zip(*rows))
        return cls(name, overall, entity, relation, loss)
