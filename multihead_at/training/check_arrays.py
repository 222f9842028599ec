"""Whether arrays of a file are those of a model."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np
import tensorflow as tf

from multihead_at.errors import InputError


def check_arrays(
    arrays: Mapping[str, np.ndarray],
    variables: Mapping[str, tf.Variable],
    path: str | os.PathLike[str] | None,
) -> None:
    """Compares arrays with the variables that they are to be given to.

    Args:
        arrays: by the variables' names.
        variables: the model's.
        path: the file that the arrays are of.

    Raises:
        InputError: there are others, or they have other shapes or kinds of numbers.
    """
    if set(arrays) != set(variables):
        odd = sorted(set(arrays) ^ set(variables))
        raise InputError(
            f"expected the weights of this model, received others: {odd[0]} is in one only", path=path
        )
    for name, variable in variables.items():
        expected = tuple(variable.shape), np.dtype(variable.dtype.as_numpy_dtype)
        received = arrays[name].shape, arrays[name].dtype
        for what, one, other in zip(("shape", "numbers of kind"), expected, received):
            if one != other:
                raise InputError(f"weight {name}: expected {what} {one}, received {other}", path=path)
