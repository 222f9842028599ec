"""A bidirectional LSTM over one sequence, its two loops compiled by XLA.

Only the recurrences are loops, each over both directions at once; everything else is a few matrix products
over all steps, which XLA would take seconds to compile for each width. XLA compiles the loops once for each
length that a sequence is padded to (0.3 CPU seconds, 6 MB); they themselves run over the real length only.
"""

from __future__ import annotations

import functools
from typing import Callable

import tensorflow as tf

from multihead_at.model.compiled_length import missing_places
from multihead_at.model.device import compiled


def compiled_bilstm(
    inputs: tf.Tensor, length: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Runs a forward and a backward LSTM (see `bidirectional_lstm`).

    Args:
        inputs: `[padded length, dim]`.
        length: int32 scalar, of the sequence.
        kernel: `[2, dim + units, 4 * units]`.
        bias: `[2, 4 * units]`.

    Returns:
        The hidden states forward and backward, `[padded length, units]` each; zero at padding.
    """
    dim, units = inputs.shape[1], bias.shape[1] // 4
    places = tf.shape(inputs)[0]
    padding = [[0, 0], [0, missing_places(places)], [0, 0]]

    @tf.custom_gradient
    def run(
        inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor
    ) -> tuple[tuple[tf.Tensor, tf.Tensor], Callable[..., tuple[tf.Tensor, ...]]]:
        # Outside a graph a tape records all the same, which it cannot where XLA compiles.
        inputs, kernel, bias = map(tf.stop_gradient, (inputs, kernel, bias))
        from_input = tf.pad(tf.matmul(inputs, kernel[:, :dim]) + bias[:, tf.newaxis], padding)
        states, hidden = _forward_loop(units)(from_input, kernel[:, dim:], length)

        def gradient(forward_gradient: tf.Tensor, backward_gradient: tf.Tensor) -> tuple[tf.Tensor, ...]:
            arrived = tf.pad(tf.stack([forward_gradient, backward_gradient]), padding)
            gates, before = _backward_loop(units)(states, hidden, arrived, kernel[:, dim:], length)
            gates, before = gates[:, :places], before[:, :places]
            input_gradients = tf.matmul(gates, kernel[:, :dim], transpose_b=True)
            kernel_gradients = [
                tf.matmul(inputs, gates, transpose_a=True),
                tf.matmul(before, gates, transpose_a=True),
            ]
            return (
                input_gradients[0] + input_gradients[1],
                tf.concat(kernel_gradients, axis=1),
                tf.reduce_sum(gates, 1),
            )

        return (hidden[0, :places], hidden[1, :places]), gradient

    return run(inputs, kernel, bias)


@functools.cache
def _forward_loop(units: int) -> Callable[..., tuple[tf.Tensor, tf.Tensor]]:
    """Returns a function of what the inputs add to the gates, `[2, length, 4 * units]`.

    It gives both directions' gates and cells (i, f, c~, o, c), `[2, length, 5 * units]`, and hidden states.
    """

    def run(from_input: tf.Tensor, recurrent: tf.Tensor, length: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        def step(
            t: tf.Tensor, h: tf.Tensor, c: tf.Tensor, *states: tf.TensorArray
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.TensorArray, tf.TensorArray]:
            # `tf.gather`: XLA would compile a slice at [d, place] anew for every length.
            places = (t, length - 1 - t)
            arriving = tf.stack([tf.gather(from_input[d], place) for d, place in enumerate(places)])[
                :, tf.newaxis
            ]
            gates = tf.split(arriving + tf.matmul(h, recurrent), 4, axis=-1)
            i, f, o = (tf.sigmoid(gates[number]) for number in (0, 1, 3))
            candidate = tf.tanh(gates[2])
            c = f * c + i * candidate
            values = tf.concat([i, f, candidate, o, c], axis=-1)
            forward, backward = (states[d].write(place, values[d, 0]) for d, place in enumerate(places))
            return t + 1, o * tf.tanh(c), c, forward, backward

        zeros = tf.zeros([2, 1, units])
        arrays = _arrays(tf.shape(from_input)[1], 5 * units)
        *_, forward, backward = tf.while_loop(lambda t, *_: t < length, step, (0, zeros, zeros, *arrays))
        states = _within(tf.stack([forward.stack(), backward.stack()]), length)
        return states, states[..., 3 * units : 4 * units] * tf.tanh(states[..., 4 * units :])

    signature = [
        tf.TensorSpec([2, None, 4 * units]),
        tf.TensorSpec([2, units, 4 * units]),
        tf.TensorSpec([], tf.int32),
    ]
    return compiled(run, signature)


@functools.cache
def _backward_loop(units: int) -> Callable[..., tuple[tf.Tensor, tf.Tensor]]:
    """Returns a function of what the forward loop gave and of the gradients that reach the hidden states.

    It gives the gradients at the gates' inputs, `[2, length, 4 * units]`, and the hidden state that each step
    found.
    """

    def run(
        states: tf.Tensor, hidden: tf.Tensor, arrived: tf.Tensor, recurrent: tf.Tensor, length: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        factors = _factors(states, _found(states[..., 4 * units :]))
        transposed = tf.transpose(recurrent, [0, 2, 1])

        def step(
            t: tf.Tensor, dh: tf.Tensor, dc: tf.Tensor, *gradients: tf.TensorArray
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.TensorArray, tf.TensorArray]:
            places = (t, length - 1 - t)
            at = tf.stack([tf.gather(factors[d], place) for d, place in enumerate(places)])[:, tf.newaxis]
            to_cell, to_gates, forget = tf.split(at, [units, 4 * units, units], axis=-1)
            dh += tf.stack([tf.gather(arrived[d], place) for d, place in enumerate(places)])[:, tf.newaxis]
            dc += dh * to_cell
            gates = tf.concat([dc, dc, dc, dh], axis=-1) * to_gates
            first, second = (gradients[d].write(place, gates[d, 0]) for d, place in enumerate(places))
            return t - 1, tf.matmul(gates, transposed), dc * forget, first, second

        zeros = tf.zeros([2, 1, units])
        arrays = _arrays(tf.shape(states)[1], 4 * units)
        *_, first, second = tf.while_loop(lambda t, *_: t >= 0, step, (length - 1, zeros, zeros, *arrays))
        return _within(tf.stack([first.stack(), second.stack()]), length), _found(hidden)

    hidden = tf.TensorSpec([2, None, units])
    signature = [
        tf.TensorSpec([2, None, 5 * units]),
        *(hidden, hidden),
        tf.TensorSpec([2, units, 4 * units]),
        tf.TensorSpec([], tf.int32),
    ]
    return compiled(run, signature)


def _arrays(length: tf.Tensor, width: int) -> list[tf.TensorArray]:
    return [tf.TensorArray(tf.float32, length, element_shape=[width]) for _ in ("forward", "backward")]


def _factors(states: tf.Tensor, cell_before: tf.Tensor) -> tf.Tensor:
    """What dh and dc are multiplied with at each step (see `fused_lstm`), `[2, length, 6 * units]`."""
    i, f, candidate, o, c = tf.split(states, 5, axis=-1)
    cell = tf.tanh(c)
    return tf.concat(
        [
            o * (1.0 - tf.square(cell)),
            candidate * i * (1.0 - i),
            cell_before * f * (1.0 - f),
            i * (1.0 - tf.square(candidate)),
            cell * o * (1.0 - o),
            f,
        ],
        axis=-1,
    )


def _found(values: tf.Tensor) -> tf.Tensor:
    """What each step finds from the step before it: `[2, length, units]`, zeros at a direction's first."""
    forward, backward = tf.unstack(values)
    return tf.stack([tf.pad(forward[:-1], [[1, 0], [0, 0]]), tf.pad(backward[1:], [[0, 1], [0, 0]])])


def _within(values: tf.Tensor, length: tf.Tensor) -> tf.Tensor:
    """Zero from `length` on, where no step has written: `[2, length, width]`."""
    return tf.where((tf.range(tf.shape(values)[1]) < length)[:, tf.newaxis], values, 0.0)
