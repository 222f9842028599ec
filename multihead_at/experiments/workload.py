"""How much is done, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from multihead_at.experiments.disk_state import DiskState
from multihead_at.experiments.row import Row
from multihead_at.experiments.training import Training

# Loading the libraries and compiling the step.
_START = 8.0  # seconds
_ONE_PHASE = ("best", "dev_only")


class Workload:
    """Epochs done and to do, over all trainings.

    Every training counts as if it never stopped early. The time of an epoch is the measured mean of its row;
    before there is one the row's guess, corrected by how far off the guesses of the other rows were.

    Args:
        trainings: all there are.
        state: what the disk says of them.
    """

    def __init__(self, trainings: Sequence[Training], state: DiskState) -> None:
        self._state = state
        self._planned = {one.planned: _count_epochs(state.settings(one)) for one in trainings}
        self._seconds: dict[Training, list[float]] = {}
        self._finished: set[Training] = set()

    @property
    def epochs(self) -> int:
        """All epochs of all trainings."""
        return sum(self._planned.values())

    @property
    def epochs_done(self) -> int:
        """Those that are done; of a finished training all that it might have had."""
        return sum(self.done(training) for training in self._planned)

    def update(self, training: Training, *, finished: bool = False) -> None:
        """Looks how far a training is."""
        self._seconds[training.planned] = self._state.epochs(training)
        if finished:
            self._finished.add(training.planned)

    def planned(self, training: Training) -> int:
        """The epochs of one training."""
        return self._planned[training.planned]

    def done(self, training: Training) -> int:
        """The epochs that one training has done."""
        epochs = self._planned[training.planned]
        if training.planned in self._finished:
            return epochs
        return min(epochs, len(self._seconds.get(training.planned, ())))

    def seconds_left(self, training: Training) -> float:
        """What one training still takes."""
        if training.planned in self._finished:
            return 0.0
        return self._left(training, self._measured())

    def all_seconds_left(self, jobs: int) -> float:
        """What all trainings still take, so many at once."""
        measured = self._measured()
        left = [self._left(one, measured) for one in self._planned if one not in self._finished]
        return max(sum(left) / jobs, max(left, default=0.0))

    def _left(self, training: Training, measured: Mapping[Row, tuple[float, int]]) -> float:
        epochs = self._planned[training.planned] - self.done(training)
        return _START + epochs * _seconds_an_epoch(training.row, measured)

    def _measured(self) -> dict[Row, tuple[float, int]]:
        """The seconds and the number of the measured epochs of each row."""
        measured: dict[Row, tuple[float, int]] = {}
        for training, seconds in self._seconds.items():
            if seconds:
                total, epochs = measured.get(training.row, (0.0, 0))
                measured[training.row] = (total + sum(seconds), epochs + len(seconds))
        return measured


def _seconds_an_epoch(row: Row, measured: Mapping[Row, tuple[float, int]]) -> float:
    if row in measured:
        total, epochs = measured[row]
        return total / epochs
    guessed = sum(other.seconds_an_epoch * epochs for other, (_, epochs) in measured.items())
    slower = sum(total for total, _ in measured.values()) / guessed if guessed else 1.0
    return row.seconds_an_epoch * slower


def _count_epochs(settings: Mapping[str, Any]) -> int:
    phases = 1 if settings["protocol"] in _ONE_PHASE else 2
    return phases * (int(settings["nepochs"]) + 1)
