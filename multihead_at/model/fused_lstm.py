"""A bidirectional LSTM over a batch, on TensorFlow's fused kernel.

`tf.raw_ops.BlockLSTMV2` runs a whole sequence in one kernel. The gradient that TensorFlow registers for it
hands weights in one gate order to a kernel that expects another (wrong, silently, in 2.15.1), so the backward
pass is written here: one loop does only what depends on the step after it (dh, dc -> gate gradients -> dh,
both directions at once); everything else is a few large matrix products.
"""

from __future__ import annotations

from typing import Any, Callable

import tensorflow as tf


def fused_bilstm(
    inputs: tf.Tensor, lengths: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Runs a forward and a backward LSTM (see `bidirectional_lstm`).

    Args:
        inputs: `[length, batch, dim]`.
        lengths: int32 `[batch]`.
        kernel: `[2, dim + units, 4 * units]`.
        bias: `[2, 4 * units]`.

    Returns:
        The hidden states forward and backward, `[length, batch, units]` each.
    """

    @tf.custom_gradient
    def run(
        inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
    ) -> tuple[tuple[tf.Tensor, tf.Tensor], Callable[..., tuple[tf.Tensor, ...]]]:
        # The backward direction reads every sequence from its last token on.
        directions = (inputs, reverse_in_time(inputs, lengths))
        states = tuple(_fused_forward(directions[d], kernel[d], bias[d]) for d in (0, 1))

        def gradient(forward_gradient: tf.Tensor, backward_gradient: tf.Tensor) -> tuple[tf.Tensor, ...]:
            arrived = (forward_gradient, reverse_in_time(backward_gradient, lengths))
            gates = _gate_gradients(states, arrived, kernel[:, inputs.shape[2] :])
            input_gradients, *others = _products(directions, states, gates, kernel)
            return (input_gradients[0] + reverse_in_time(input_gradients[1], lengths), *others)

        return (states[0].h, reverse_in_time(states[1].h, lengths)), gradient

    return run(inputs, kernel, bias)


def reverse_in_time(sequences: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    """Reverses the real part of each sequence of `[length, batch, dim]`; padding stays behind it.

    Whole rows are copied: `tf.reverse_sequence` computes a place for each number.
    """
    length, batch = tf.unstack(tf.shape(sequences)[:2])
    places = tf.range(length)[:, tf.newaxis]
    places = tf.where(places < lengths, lengths - 1 - places, places)
    rows = tf.reshape(places * batch + tf.range(batch), [-1])
    flat = tf.reshape(sequences, [length * batch, sequences.shape[2]])
    return tf.reshape(tf.gather(flat, rows), tf.shape(sequences))


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


def _gate_gradients(
    states: tuple[Any, Any], arrived: tuple[tf.Tensor, tf.Tensor], recurrent: tf.Tensor
) -> list[tf.Tensor]:
    """The part of the backward pass in which each step waits for the one after it.

    Args:
        states: of both directions.
        arrived: the gradients that reach their hidden states from outside, `[length, batch, units]` each.
        recurrent: `[2, units, 4 * units]`.

    Returns:
        Gradients at the gates' inputs, `[length, batch, 4 * units]` for each direction.
    """
    units = recurrent.shape[1]
    length, batch = tf.unstack(tf.shape(arrived[0])[:2])
    dtype = arrived[0].dtype
    factors = tf.TensorArray(dtype, length).unstack(_factors(states))
    outside = tf.TensorArray(dtype, length).unstack(tf.concat(arrived, axis=-1))
    results = [tf.TensorArray(dtype, length, element_shape=[None, 4 * units]) for _ in states]
    transposed = [tf.transpose(recurrent[d]) for d in (0, 1)]

    def step(
        t: tf.Tensor, dh: tf.Tensor, dc: tf.Tensor, *results: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.TensorArray, tf.TensorArray]:
        to_cell, forget, to_gates = tf.split(factors.read(t), [2 * units, 2 * units, 8 * units], axis=-1)
        dh += outside.read(t)
        dc += dh * to_cell
        (dh_0, dh_1), (dc_0, dc_1) = tf.split(dh, 2, axis=-1), tf.split(dc, 2, axis=-1)
        gates = tf.split(tf.concat([dc_0, dc_0, dc_0, dh_0, dc_1, dc_1, dc_1, dh_1], -1) * to_gates, 2, -1)
        dh = tf.concat([tf.matmul(gates[d], transposed[d]) for d in (0, 1)], axis=-1)
        return (t - 1, dh, dc * forget, *(results[d].write(t, gates[d]) for d in (0, 1)))

    zeros = tf.zeros([batch, 2 * units], dtype)
    start = (length - 1, zeros, zeros, *results)
    *_, forward, backward = tf.while_loop(lambda t, *_: t >= 0, step, start, parallel_iterations=1)
    return [forward.stack(), backward.stack()]


def _factors(states: tuple[Any, Any]) -> tf.Tensor:
    """What dh and dc are multiplied with at each step, for all steps at once.

    With dc' = dc + dh * a, the gradients before the gates' non-linearities are dc' * (b_i, b_f, b_c) and dh *
    b_o, and dc' * f goes on to the step before.

    Returns:
        `[length, batch, 12 * units]`: a of both directions, f of both, then (b_i, b_f, b_c, b_o) of each.
    """
    to_cell = [state.o * (1.0 - tf.square(state.co)) for state in states]
    to_gates = []
    for state in states:
        previous_cell = _one_later(state.cs)
        to_gates += [
            state.ci * state.i * (1.0 - state.i),
            previous_cell * state.f * (1.0 - state.f),
            state.i * (1.0 - tf.square(state.ci)),
            state.co * state.o * (1.0 - state.o),
        ]
    return tf.concat([*to_cell, *(state.f for state in states), *to_gates], axis=-1)


def _products(
    directions: tuple[tf.Tensor, tf.Tensor],
    states: tuple[Any, Any],
    gates: list[tf.Tensor],
    kernel: tf.Tensor,
) -> tuple[list[tf.Tensor], tf.Tensor, tf.Tensor]:
    """The gradients of both directions' inputs, of the kernel and of the bias."""
    dim, units = directions[0].shape[2], kernel.shape[2] // 4
    input_gradients, kernel_gradients, bias_gradients = [], [], []
    for d in (0, 1):
        flat = tf.reshape(gates[d], [-1, 4 * units])
        inputs = tf.reshape(directions[d], [-1, dim])
        previous = tf.reshape(_one_later(states[d].h), [-1, units])
        at_inputs = tf.matmul(flat, kernel[d, :dim], transpose_b=True)
        input_gradients.append(tf.reshape(at_inputs, tf.shape(directions[d])))
        kernel_gradients += [tf.matmul(values, flat, transpose_a=True) for values in (inputs, previous)]
        bias_gradients.append(tf.reduce_sum(flat, 0))
    kernel_gradient = tf.reshape(tf.concat(kernel_gradients, axis=0), [2, dim + units, 4 * units])
    return input_gradients, kernel_gradient, tf.stack(bias_gradients)


def _one_later(values: tf.Tensor) -> tf.Tensor:
    """What each step finds from the step before it: `[length, batch, units]`, zeros at the first."""
    return tf.pad(values[:-1], [[1, 0], [0, 0], [0, 0]])
