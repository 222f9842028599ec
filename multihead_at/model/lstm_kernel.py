"""A bidirectional LSTM with a gradient of our own: which kernel runs it.

Gates stand in the order i, f, c, o (Keras's order). The forget gate's bias of 1 is stored in the bias.
"""

from __future__ import annotations

import tensorflow as tf

from multihead_at.model.compiled_lstm import compiled_bilstm
from multihead_at.model.fused_lstm import fused_bilstm


def bidirectional_lstm(
    inputs: tf.Tensor, lengths: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Runs a forward and a backward LSTM over padded sequences.

    A sequence that is known to be alone goes through loops that XLA compiles: the fused kernel would spend
    more on its bookkeeping than on arithmetic. Several go through the fused kernel.

    Args:
        inputs: `[batch, length, dim]`.
        lengths: int32 `[batch]`; places from a sequence's length on are padding.
        kernel: `[2, dim + units, 4 * units]`, the forward direction first; rows [input; state], columns i, f,
            c, o.
        bias: `[2, 4 * units]`.

    Returns:
        The hidden states forward and backward, `[length, batch, units]` each, both in the sequence's order.
        Values at padding are meaningless, and a gradient that reaches them must be zero.

    Raises:
        ValueError: the inputs' width is not the kernel's.
    """
    units = kernel.shape[2] // 4
    # The fused kernel aborts the whole process where shapes do not fit.
    if inputs.shape[-1] != kernel.shape[1] - units:
        raise ValueError(
            f"The LSTM kernel takes inputs of width {kernel.shape[1] - units}. Received: {inputs.shape[-1]}"
        )
    if inputs.shape[0] == 1:
        forward, backward = compiled_bilstm(inputs[0], lengths[0], kernel, bias)
        return forward[:, tf.newaxis], backward[:, tf.newaxis]
    return fused_bilstm(tf.transpose(inputs, [1, 0, 2]), lengths, kernel, bias)
