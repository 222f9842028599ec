"""A bidirectional LSTM on TensorFlow's fused kernel, with a gradient of our own.

`tf.raw_ops.BlockLSTMV2` runs a whole sequence in one kernel. The gradient that TensorFlow registers for it
hands weights in one gate order to a kernel that expects another (wrong, silently, in 2.15.1), so the backward
pass is written here: one loop does only what depends on the step after it (dh, dc -> gate gradients -> dh,
both directions at once); everything else is a few large matrix products.

Gates stand in the order i, f, c, o (Keras's order). The forget gate's bias of 1 is stored in the bias.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Callable

import tensorflow as tf

COMPILED_LENGTHS = 32


def bidirectional_lstm(
    inputs: tf.Tensor, lengths: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
) -> tf.Tensor:
    """Runs a forward and a backward LSTM over padded sequences.

    Args:
        inputs: `[batch, length, dim]`.
        lengths: int32 `[batch]`; places from a sequence's length on are padding.
        kernel: `[2, dim + units, 4 * units]`, the forward direction first; rows [input; state], columns i, f,
            c, o.
        bias: `[2, 4 * units]`.

    Returns:
        Hidden states `[2, length, batch, units]`, each direction in its own order of time: the backward
        direction starts at a sequence's last token. Values at padding are meaningless, and a gradient that
        reaches them must be zero.
    """
    _check_widths(inputs, kernel)

    @tf.custom_gradient
    def run(
        inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
    ) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, ...]]]:
        forward_inputs = tf.transpose(inputs, [1, 0, 2])
        directions = (forward_inputs, reverse_in_time(forward_inputs, lengths))
        states = [_fused_forward(directions[d], kernel[d], bias[d]) for d in (0, 1)]
        hidden = tf.stack([state.h for state in states])

        def gradient(hidden_gradient: tf.Tensor) -> tuple[tf.Tensor, ...]:
            return _backward(directions, lengths, kernel, states, hidden, hidden_gradient)

        return hidden, gradient

    return run(inputs, kernel, bias)


def _check_widths(inputs: tf.Tensor, kernel: tf.Tensor) -> None:
    # The fused kernel aborts the whole process where shapes do not fit.
    units = kernel.shape[2] // 4
    if inputs.shape[-1] != kernel.shape[1] - units:
        raise ValueError(
            f"The LSTM kernel takes inputs of width {kernel.shape[1] - units}. Received: {inputs.shape[-1]}"
        )


def reverse_in_time(sequences: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    """Reverses the real part of each sequence of `[length, batch, dim]`; padding stays behind it."""
    return tf.reverse_sequence(sequences, lengths, seq_axis=0, batch_axis=1)


def _fused_forward(inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) -> Any:
    """All gates, cells and hidden states of one direction, as the kernel's fields."""
    units = kernel.shape[1] // 4
    zero_state = tf.zeros([tf.shape(inputs)[1], units], inputs.dtype)
    no_peephole = tf.zeros([units], inputs.dtype)
    return tf.raw_ops.BlockLSTMV2(
        seq_len_max=tf.shape(inputs, out_type=tf.int64)[0],
        x=inputs,
        cs_prev=zero_state,
        h_prev=zero_state,
        w=kernel,
        wci=no_peephole,
        wcf=no_peephole,
        wco=no_peephole,
        b=bias,
        cell_clip=0.0,
        use_peephole=False,
    )


def _backward(
    directions: tuple[tf.Tensor, tf.Tensor],
    lengths: tf.Tensor,
    kernel: tf.Tensor,
    states: Sequence[Any],
    hidden: tf.Tensor,
    hidden_gradient: tf.Tensor,
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """The gradients of inputs, kernel and bias, from what `_fused_forward` gave for both directions."""
    dim, units = directions[0].shape[2], hidden.shape[3]
    previous_hidden = tf.pad(hidden[:, :-1], [[0, 0], [1, 0], [0, 0], [0, 0]])
    coefficients = tf.stack([_coefficients(state) for state in states], axis=1)
    gate_gradients = _recurrence(coefficients, tf.transpose(hidden_gradient, [1, 0, 2, 3]), kernel[:, dim:])
    gate_gradients = tf.reshape(tf.transpose(gate_gradients, [1, 0, 2, 3]), [2, -1, 4 * units])

    input_gradients = tf.reshape(
        tf.matmul(gate_gradients, kernel[:, :dim], transpose_b=True),
        tf.concat([[2], tf.shape(directions[0])], 0),
    )
    input_gradient = input_gradients[0] + reverse_in_time(input_gradients[1], lengths)
    kernel_gradient = tf.concat(
        [
            tf.matmul(tf.reshape(tf.stack(directions), [2, -1, dim]), gate_gradients, transpose_a=True),
            tf.matmul(tf.reshape(previous_hidden, [2, -1, units]), gate_gradients, transpose_a=True),
        ],
        axis=1,
    )
    return tf.transpose(input_gradient, [1, 0, 2]), kernel_gradient, tf.reduce_sum(gate_gradients, 1)


def _coefficients(state: Any) -> tf.Tensor:
    """What dh and dc are multiplied with at each step, for all steps at once.

    With dc' = dc + dh * a, the gradients before the gates' non-linearities are dc' * (b_i, b_f, b_c) and dh *
    b_o, and dc' * f goes on to the step before.

    Returns:
        `[length, batch, 6 * units]`: a, b_i, b_f, b_c, b_o, f.
    """
    previous_cell = tf.pad(state.cs[:-1], [[1, 0], [0, 0], [0, 0]])
    return tf.concat(
        [
            state.o * (1.0 - tf.square(state.co)),
            state.ci * state.i * (1.0 - state.i),
            previous_cell * state.f * (1.0 - state.f),
            state.i * (1.0 - tf.square(state.ci)),
            state.co * state.o * (1.0 - state.o),
            state.f,
        ],
        axis=-1,
    )


def _recurrence(coefficients: tf.Tensor, hidden_gradient: tf.Tensor, recurrent: tf.Tensor) -> tf.Tensor:
    """The part of the backward pass in which each step waits for the one after it.

    Args:
        coefficients: `[length, 2, batch, 6 * units]`.
        hidden_gradient: `[length, 2, batch, units]`, the gradient that arrives at each step from outside.
        recurrent: `[2, units, 4 * units]`.

    Returns:
        Gradients at the gates' inputs, `[length, 2, batch, 4 * units]`.
    """
    if coefficients.shape[2] == 1:
        return _compiled_recurrence(coefficients, hidden_gradient, recurrent)
    return _looped_recurrence(coefficients, hidden_gradient, recurrent)


def _looped_recurrence(
    coefficients: tf.Tensor, hidden_gradient: tf.Tensor, recurrent: tf.Tensor
) -> tf.Tensor:
    length = tf.shape(coefficients)[0]
    batch, units = tf.shape(coefficients)[2], recurrent.shape[1]
    from_outside = tf.TensorArray(coefficients.dtype, length).unstack(hidden_gradient)
    factors = tf.TensorArray(coefficients.dtype, length).unstack(coefficients)
    results = tf.TensorArray(coefficients.dtype, length, element_shape=[2, None, 4 * units])
    transposed = tf.transpose(recurrent, [0, 2, 1])

    def step(
        t: tf.Tensor, dh: tf.Tensor, dc: tf.Tensor, results: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.TensorArray]:
        gates, dh, dc = _step_back(dh + from_outside.read(t), dc, factors.read(t), transposed)
        return t - 1, dh, dc, results.write(t, gates)

    zeros = tf.zeros([2, batch, units], coefficients.dtype)
    *_, results = tf.while_loop(
        lambda t, *_: t >= 0, step, (length - 1, zeros, zeros, results), parallel_iterations=1
    )
    return results.stack()


def _compiled_recurrence(
    coefficients: tf.Tensor, hidden_gradient: tf.Tensor, recurrent: tf.Tensor
) -> tf.Tensor:
    """The same for a sentence alone, where the loop's bookkeeping costs three times its arithmetic.

    XLA compiles the loop once for each multiple of 32 that a length is padded to; the loop itself runs over
    the real length only.
    """
    length = tf.shape(coefficients)[0]
    padding = [[0, -length % COMPILED_LENGTHS], [0, 0], [0, 0], [0, 0]]
    run = _compiled_loop(recurrent.shape[1])
    results = run(tf.pad(coefficients, padding), tf.pad(hidden_gradient, padding), recurrent, length)
    return results[:length]


@functools.cache
def _compiled_loop(units: int) -> Callable[..., tf.Tensor]:
    def run(
        coefficients: tf.Tensor, hidden_gradient: tf.Tensor, recurrent: tf.Tensor, length: tf.Tensor
    ) -> tf.Tensor:
        transposed = tf.transpose(recurrent, [0, 2, 1])

        def step(
            t: tf.Tensor, dh: tf.Tensor, dc: tf.Tensor, results: tf.TensorArray
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.TensorArray]:
            gates, dh, dc = _step_back(dh + hidden_gradient[t], dc, coefficients[t], transposed)
            return t - 1, dh, dc, results.write(t, gates)

        zeros = tf.zeros([2, 1, units])
        results = tf.TensorArray(
            coefficients.dtype, tf.shape(coefficients)[0], element_shape=[2, 1, 4 * units]
        )
        *_, results = tf.while_loop(lambda t, *_: t >= 0, step, (length - 1, zeros, zeros, results))
        return results.stack()

    signature = [
        tf.TensorSpec([None, 2, 1, 6 * units]),
        tf.TensorSpec([None, 2, 1, units]),
        tf.TensorSpec([2, units, 4 * units]),
        tf.TensorSpec([], tf.int32),
    ]
    return tf.function(run, input_signature=signature, jit_compile=True, autograph=False)


def _step_back(
    dh: tf.Tensor, dc: tf.Tensor, factors: tf.Tensor, transposed: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """One step from a later time to an earlier: the gates' gradients, and dh and dc for the step before."""
    units = transposed.shape[2]
    to_cell, gates, forget = tf.split(factors, [units, 4 * units, units], axis=-1)
    dc = dc + dh * to_cell
    gate_gradients = tf.concat([dc, dc, dc, dh], axis=-1) * gates
    return gate_gradients, tf.matmul(gate_gradients, transposed), dc * forget
