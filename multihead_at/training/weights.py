"""A model's trained weights as a file of plain arrays."""

from __future__ import annotations

import os

from multihead_at.model import JointModel
from multihead_at.training.array_file import read_arrays, write_arrays
from multihead_at.training.check_arrays import check_arrays

KIND = "weights"


def save_weights(path: str | os.PathLike[str], model: JointModel, *, phase: int, epoch: int) -> None:
    """Writes the weights to keep, the model's or their average (see `write_arrays`).

    Raises:
        InputError: the file cannot be written.
    """
    with model.scored_weights():
        arrays = {name: variable.numpy() for name, variable in model.named_weights().items()}
    write_arrays(path, KIND, arrays, {"phase": phase, "epoch": epoch})


def load_weights(path: str | os.PathLike[str], model: JointModel) -> dict[str, int]:
    """Sets the model's weights; returns the phase and the epoch that they are of.

    Raises:
        InputError: the file is damaged, or of a model with other layers or sizes.
    """
    arrays, data = read_arrays(path, KIND)
    variables = model.named_weights()
    check_arrays(arrays, variables, path)
    for name, variable in variables.items():
        variable.assign(arrays[name])
    return data
