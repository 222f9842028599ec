"""The BiLSTM layer as Keras computes it: the fused kernel's twin."""

from __future__ import annotations

import tensorflow as tf
from keras.src.layers.rnn.lstm import lstm_with_backend_selection

from multihead_at.model.bilstm import BiLSTM
from multihead_at.model.lstm_kernel import reverse_in_time


class KerasBiLSTM(BiLSTM):
    """A bidirectional LSTM with the weights of `BiLSTM`, run by what `tf.keras.layers.LSTM` is made of.

    Checks the fused kernel, and takes its place on a GPU, where Keras calls cuDNN.

    Neither a mask nor sequence lengths are handed on: a padded batch goes through as it is, the backward
    direction over sequences that are reversed here, and what comes out at padding is not looked at. So cuDNN
    only ever sees full rows; masked and empty ones, which crash it (TensorFlow issue 43103), never reach it.
    """

    def _hidden(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        forward = tf.transpose(inputs, [1, 0, 2])
        return tf.stack(
            [
                self._run(forward, self.kernel[0], self.bias[0]),
                self._run(reverse_in_time(forward, lengths), self.kernel[1], self.bias[1]),
            ]
        )

    def _run(self, inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
        """One direction: `[length, batch, dim]` to `[length, batch, units]`."""
        dim = inputs.shape[2]
        zero_state = tf.zeros([tf.shape(inputs)[1], self.units], inputs.dtype)
        _, hidden, *_ = lstm_with_backend_selection(
            inputs=inputs,
            init_h=zero_state,
            init_c=zero_state,
            kernel=kernel[:dim],
            recurrent_kernel=kernel[dim:],
            bias=bias,
            mask=None,
            time_major=True,
            go_backwards=False,
            sequence_lengths=None,
            zero_output_for_mask=False,
            return_sequences=True,
        )
        return hidden
