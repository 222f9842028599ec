"""Which implementation of the BiLSTM runs where."""

from __future__ import annotations

from multihead_at.model.bilstm import BiLSTM
from multihead_at.model.device import on_gpu
from multihead_at.model.keras_bilstm import KerasBiLSTM


def make_bilstm(units: int, *, seed: int, name: str) -> BiLSTM:
    """A BiLSTM layer: on our own kernels, or Keras's own where TensorFlow sees a GPU.

    Both have the same weights by the same names; a trained model runs with either.

    Args:
        units: width of each direction.
        seed: the run's seed; with `name` it determines the initial weights.
        name: the layer's name.
    """
    layer = KerasBiLSTM if on_gpu() else BiLSTM
    return layer(units, seed=seed, name=name)
