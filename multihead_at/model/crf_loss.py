"""The linear-chain CRF's negative log-likelihood by the forward-backward algorithm, with its gradient.

Serves one-sentence steps, where TFA's `crf_log_likelihood`, the reference, costs about a quarter of a
training step: one loop runs both directions, and the gradient (expected minus observed counts) needs no
second one. Everything stays in logarithms, and sums over the ways to a place are kept relative to that place,
so that neither long sentences nor extreme scores cost precision.
"""

from __future__ import annotations

import functools
from typing import Callable

import tensorflow as tf

from multihead_at.model.compiled_length import missing_places
from multihead_at.model.device import compiled


def crf_negative_log_likelihood(
    scores: tf.Tensor, tags: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor
) -> tf.Tensor:
    """Minus the log-likelihood of the gold tags.

    A transition matrix only, no start or end energies, as in the original.

    Args:
        scores: `[batch, length, tags]`.
        tags: int32 `[batch, length]`.
        lengths: int32 `[batch]`; all at least 1.
        transitions: `[tags, tags]`, from row to column.

    Returns:
        `[batch]`.
    """

    @tf.custom_gradient
    def run(
        scores: tf.Tensor, transitions: tf.Tensor
    ) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]]:
        # Outside a graph a tape records all the same, which it cannot where XLA compiles.
        scores, transitions = tf.stop_gradient(scores), tf.stop_gradient(transitions)
        mask = tf.sequence_mask(lengths, tf.shape(scores)[1], scores.dtype)
        forward, backward, log_norms = _forward_backward(scores, lengths, transitions)

        observed = tf.one_hot(tags, scores.shape[2], dtype=scores.dtype)
        steps = tf.gather_nd(transitions, tf.stack([tags[:, :-1], tags[:, 1:]], axis=2))
        gold = tf.reduce_sum(observed * scores, 2) + tf.pad(steps, [[0, 0], [1, 0]])
        loss = tf.reduce_sum((log_norms - gold) * mask, 1)

        def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            weights = mask * upstream[:, tf.newaxis]
            expected = tf.nn.softmax(forward + backward - scores)
            score_gradient = (expected - observed) * weights[:, :, tf.newaxis]
            pairs = _pairs(forward, backward, transitions)
            pair_gradient = pairs - observed[:, :-1, :, tf.newaxis] * observed[:, 1:, tf.newaxis]
            return score_gradient, tf.einsum("btij,bt->ij", pair_gradient, weights[:, 1:])

        return loss, gradient

    return run(scores, transitions)


def _pairs(forward: tf.Tensor, backward: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    """The probability of each pair of tags at neighbouring places, `[batch, length - 1, tags, tags]`."""
    ways = forward[:, :-1, :, tf.newaxis] + transitions + backward[:, 1:, tf.newaxis]
    return tf.exp(ways - tf.reduce_logsumexp(ways, axis=[2, 3], keepdims=True))


def _forward_backward(
    scores: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """The sums over all ways to each tag from either end, each place's relative to its own sum.

    Returns:
        Forward and backward, `[batch, length, tags]` each, the place's own score counted in both; and what a
        place adds to the logarithm of the normaliser, `[batch, length]`.
    """

    def reverse(values: tf.Tensor) -> tf.Tensor:
        return tf.reverse_sequence(values, lengths, seq_axis=1, batch_axis=0)

    both = tf.transpose(tf.stack([scores, reverse(scores)]), [2, 0, 1, 3])
    run = _looped_recursion if scores.shape[0] != 1 else _compiled_recursion
    forward, backward = tf.unstack(tf.transpose(run(both, transitions), [1, 2, 0, 3]))
    log_norms = tf.reduce_logsumexp(forward, axis=2)
    backward -= tf.reduce_logsumexp(backward, axis=2, keepdims=True)
    return forward - log_norms[:, :, tf.newaxis], reverse(backward), log_norms


def _looped_recursion(scores: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    """Sums over all ways to each tag, forwards and (with the transitions transposed) backwards.

    Args:
        scores: `[length, 2, batch, tags]`.
        transitions: `[tags, tags]`.

    Returns:
        Logarithms relative to the sum at the place before, `[length, 2, batch, tags]`.
    """
    length = tf.shape(scores)[0]
    steps = _both_ways(transitions)
    inputs = tf.TensorArray(scores.dtype, length).unstack(scores)
    results = tf.TensorArray(scores.dtype, length, element_shape=scores.shape[1:]).write(0, scores[0])

    def step(
        t: tf.Tensor, state: tf.Tensor, results: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        state = _step_on(state, steps) + inputs.read(t)
        return t + 1, state, results.write(t, state)

    start = (1, scores[0], results)
    *_, results = tf.while_loop(lambda t, *_: t < length, step, start, parallel_iterations=1)
    return results.stack()


def _compiled_recursion(scores: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    """The same for a sentence alone, compiled by XLA once for each length that it is padded to."""
    length = tf.shape(scores)[0]
    padded = tf.pad(scores, [[0, missing_places(length)], [0, 0], [0, 0], [0, 0]])
    return _compiled_loop(scores.shape[3])(padded, transitions, length)[:length]


@functools.cache
def _compiled_loop(tags: int) -> Callable[..., tf.Tensor]:
    def run(scores: tf.Tensor, transitions: tf.Tensor, length: tf.Tensor) -> tf.Tensor:
        steps = _both_ways(transitions)

        def step(
            t: tf.Tensor, state: tf.Tensor, results: tf.Tensor
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
            state = _step_on(state, steps) + scores[t]
            return t + 1, state, tf.tensor_scatter_nd_update(results, [[t]], state[tf.newaxis])

        return tf.while_loop(lambda t, *_: t < length, step, (1, scores[0], scores))[2]

    signature = [
        tf.TensorSpec([None, 2, 1, tags]),
        tf.TensorSpec([tags, tags]),
        tf.TensorSpec([], tf.int32),
    ]
    return compiled(run, signature)


def _both_ways(transitions: tf.Tensor) -> tf.Tensor:
    """The transitions from row to column for both directions, `[2, 1, tags, tags]`."""
    return tf.stack([transitions, tf.transpose(transitions)])[:, tf.newaxis]


def _step_on(state: tf.Tensor, steps: tf.Tensor) -> tf.Tensor:
    state -= tf.reduce_logsumexp(state, axis=-1, keepdims=True)
    return tf.reduce_logsumexp(state[..., tf.newaxis] + steps, axis=-2)
