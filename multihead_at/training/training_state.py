"""What a run needs to go on after its last finished epoch."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from multihead_at.model import JointModel
from multihead_at.training.array_file import read_arrays, write_arrays
from multihead_at.training.check_arrays import check_arrays
from multihead_at.training.damaged_file_error import DamagedFileError
from multihead_at.training.early_stopping import EarlyStopping

KIND = "training state"


@dataclasses.dataclass
class TrainingState:
    """Where a run stands.

    Attributes:
        phase: 1 or 2.
        epoch: the last finished epoch of the phase; -1 before the first.
        stopping: phase 1's.
        arrays: the model's weights, their averages and the optimizer's, as `capture` took them; empty before
            the first epoch.
        run: the run that it is of, as `hash_run` has it; empty in files of before there was this entry.
        path: the file that it was read from; None where it was not.
    """

    phase: int
    epoch: int
    stopping: EarlyStopping
    arrays: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)
    run: str = ""
    path: str | os.PathLike[str] | None = None

    def capture(self, model: JointModel) -> None:
        """Takes the weights of the model, their averages and those of its optimizer."""
        self.arrays = {name: np.asarray(variable.numpy()) for name, variable in _variables(model).items()}

    def restore(self, model: JointModel) -> None:
        """Gives the weights back to a compiled model of the same settings; before the first epoch, none.

        Its optimizer must have its variables already, as `ModelOfRun` sees to.

        Raises:
            InputError: they are of a model with other layers, sizes or optimizer.
        """
        if self.epoch < 0:
            return
        variables = _variables(model)
        check_arrays(self.arrays, variables, self.path)
        for name, variable in variables.items():
            variable.assign(self.arrays[name])

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the state, whole or not at all.

        Raises:
            InputError: the file cannot be written.
        """
        stopping = dataclasses.asdict(self.stopping)
        data = {"phase": self.phase, "epoch": self.epoch, "stopping": stopping, "run": self.run}
        write_arrays(path, KIND, self.arrays, data)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> TrainingState:
        """Reads what `write` wrote.

        Raises:
            DamagedFileError: it is damaged or foreign.
            InputError: no such file, or it is of another kind or version.
        """
        arrays, data = read_arrays(path, KIND)
        try:
            phase, epoch = int(data["phase"]), int(data["epoch"])
            if phase not in (1, 2) or epoch < 0:
                raise ValueError(f"epoch {epoch} of phase {phase}")
            stopping = EarlyStopping(**_plain(data["stopping"]))
            return cls(phase, epoch, stopping, arrays, data.get("run", ""), path)
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedFileError(
                f"expected {KIND}, received a damaged or foreign file", path=path
            ) from error


def _variables(model: JointModel) -> Mapping[str, tf.Variable]:
    averages = {} if model.weight_average is None else model.weight_average.averages
    return {
        **{f"model/{name}": weight for name, weight in model.named_weights().items()},
        **{f"average/{name}": average for name, average in averages.items()},
        **{f"optimizer/{number:04d}": value for number, value in enumerate(model.optimizer.weights)},
    }


def _plain(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("not a mapping")
    return data
