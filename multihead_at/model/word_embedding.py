"""Frozen word vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf


class WordEmbedding(tf.keras.layers.Layer):
    """Looks words up in a frozen table, whose rows can be exchanged: other words, same width.

    The table is data, not a parameter: it is not trained and not stored with the weights.

    Args:
        dim: width of a word vector.
    """

    def __init__(self, dim: int, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.dim = dim
        self._table = tf.Variable(
            tf.zeros([1, dim]), trainable=False, shape=tf.TensorShape([None, dim]), name="word_table"
        )

    def set_table(self, matrix: np.ndarray) -> None:
        """Sets the table.

        Args:
            matrix: float32 `[rows, dim]`.

        Raises:
            ValueError: the matrix is not `dim` wide.
        """
        if matrix.ndim != 2 or matrix.shape[1] != self.dim:
            raise ValueError(f"Expected a matrix [rows, {self.dim}]. Received: shape {matrix.shape}")
        self._table.assign(matrix)

    def call(self, word_ids: tf.Tensor) -> tf.Tensor:
        """Returns `[..., dim]` for int32 `[...]`."""
        return tf.gather(self._table, word_ids)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "dim": self.dim}
