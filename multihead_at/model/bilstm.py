"""One bidirectional LSTM layer."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from multihead_at.model.initializers import glorot
from multihead_at.model.lstm_kernel import bidirectional_lstm


class BiLSTM(tf.keras.layers.Layer):
    """A bidirectional LSTM over padded sequences, by the kernels of `bidirectional_lstm`.

    Weights as in the original: one kernel for input and state, glorot-uniform over its whole shape; biases
    zero, but 1 at the forget gate.

    Args:
        units: width of each direction.
        seed: the run's seed; with `name` it determines the initial weights.
    """

    def __init__(self, units: int, *, seed: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.seed = seed

    def build(self, input_shape: tf.TensorShape) -> None:
        dim = input_shape[-1]
        shape = [dim + self.units, 4 * self.units]
        directions = [glorot(self.seed, f"{self.name}/{d}") for d in ("forward", "backward")]
        self.kernel = self.add_weight(
            name="kernel",
            shape=[2, *shape],
            initializer=lambda _, dtype=None: tf.stack([draw(shape, dtype=dtype) for draw in directions]),
        )
        units = self.units
        self.bias = self.add_weight(
            name="bias",
            shape=[2, 4 * units],
            initializer=lambda _, dtype=None: tf.constant(
                2 * [units * [0.0] + units * [1.0] + 2 * units * [0.0]], dtype
            ),
        )
        super().build(input_shape)

    def call(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns `[batch, length, 2 * units]`, zero at padding.

        Args:
            inputs: `[batch, length, dim]`.
            lengths: int32 `[batch]`.
        """
        both = tf.concat(self._hidden(inputs, lengths), axis=-1)
        outputs = tf.transpose(both, [1, 0, 2])
        if inputs.shape[0] == 1:
            return outputs
        return outputs * tf.sequence_mask(lengths, tf.shape(inputs)[1], outputs.dtype)[:, :, tf.newaxis]

    def last_states(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns each direction's state after its last step, `[batch, 2 * units]`; zero for a length of 0.

        Args:
            inputs: `[batch, length, dim]`.
            lengths: int32 `[batch]`.
        """
        forward, backward = self._hidden(inputs, lengths)
        places = tf.stack([tf.maximum(lengths - 1, 0), tf.range(tf.shape(lengths)[0])], axis=1)
        last = tf.concat([tf.gather_nd(forward, places), backward[0]], axis=-1)
        return last * tf.cast(lengths > 0, last.dtype)[:, tf.newaxis]

    def _hidden(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns both directions' states as `bidirectional_lstm` does."""
        return bidirectional_lstm(
            inputs, lengths, tf.convert_to_tensor(self.kernel), tf.convert_to_tensor(self.bias)
        )

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units, "seed": self.seed}
