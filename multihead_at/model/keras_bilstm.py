"""The BiLSTM layer as Keras computes it: the twin of `BiLSTM`."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from multihead_at.model.bilstm import BiLSTM
from multihead_at.model.fused_lstm import reverse_in_time


class KerasBiLSTM(BiLSTM):
    """A bidirectional LSTM with the weights of `BiLSTM`, run by two `tf.keras.layers.LSTM`.

    Checks the kernels of `BiLSTM`, and takes its place on a GPU, where Keras calls cuDNN.

    Keras's layers get neither a mask nor sequence lengths: a padded batch goes through as it is, for the
    backward direction reversed here, and what comes out at padding is not looked at. So cuDNN only ever sees
    full rows; masked and empty ones, on which it fails (TensorFlow issue 43103), never reach it.

    Args:
        units: width of each direction.
        seed: the run's seed; with `name` it determines the initial weights.
    """

    def __init__(self, units: int, *, seed: int = 0, **kwargs: Any) -> None:
        super().__init__(units, seed=seed, **kwargs)
        self.directions = [
            tf.keras.layers.LSTM(units, return_sequences=True, time_major=True)
            for _ in ("forward", "backward")
        ]
        for lstm in self.directions:
            # Their weights are handed to them at every call: they make none of their own.
            lstm.built = True

    def _hidden(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        dim = inputs.shape[2]
        forward = tf.transpose(inputs, [1, 0, 2])
        kernel, bias = tf.convert_to_tensor(self.kernel), tf.convert_to_tensor(self.bias)
        hidden = []
        for d, sequences in enumerate((forward, reverse_in_time(forward, lengths))):
            cell = self.directions[d].cell
            cell.kernel, cell.recurrent_kernel, cell.bias = kernel[d, :dim], kernel[d, dim:], bias[d]
            hidden.append(self.directions[d](sequences))
        return hidden[0], reverse_in_time(hidden[1], lengths)
