"""The linear-chain CRF's negative log-likelihood by the forward-backward algorithm, with its gradient.

Serves one-sentence steps, where TFA's `crf_log_likelihood`, the reference, costs about a quarter of a training step: one loop runs
both directions, and the gradient (expected minus observed counts) needs no second one.
"""

from __future__ import annotations

import functools
from typing import Callable

import tensorflow as tf

from multihead_at.model.lstm_kernel import COMPILED_LENGTHS


def crf_negative_log_likelihood(
    scores: tf.Tensor, tags: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor
) -> tf.Tensor:
    """Minus the log-likelihood of the gold tags; a transition matrix only, no start or end energies, as in the original.

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
        mask = tf.sequence_mask(lengths, tf.shape(scores)[1], scores.dtype)
        alpha, beta = _forward_backward(scores, lengths, transitions)
        last = tf.gather(alpha, lengths - 1, axis=1, batch_dims=1)
        log_norm = tf.reduce_logsumexp(last, axis=1)

        observed = tf.one_hot(tags, scores.shape[2]) * mask[:, :, tf.newaxis]
        pairs = tf.matmul(observed[:, :-1], observed[:, 1:], transpose_a=True)
        gold = tf.reduce_sum(observed * scores, [1, 2]) + tf.reduce_sum(pairs * transitions, [1, 2])

        def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            norm = log_norm[:, tf.newaxis, tf.newaxis]
            expected = tf.exp(alpha + beta - scores - norm) * mask[:, :, tf.newaxis]
            score_gradient = (expected - observed) * upstream[:, tf.newaxis, tf.newaxis]
            # Split so that neither factor overflows: beta + highest alpha - norm is at most minus a transition.
            highest = tf.reduce_max(alpha[:, :-1], axis=2, keepdims=True)
            left = tf.exp(alpha[:, :-1] - highest)
            right = tf.exp(beta[:, 1:] + highest - norm) * mask[:, 1:, tf.newaxis]
            expected_pairs = tf.matmul(left, right, transpose_a=True) * tf.exp(transitions)
            pair_gradient = (expected_pairs - pairs) * upstream[:, tf.newaxis, tf.newaxis]
            return score_gradient, tf.reduce_sum(pair_gradient, 0)

        return log_norm - gold, gradient

    return run(scores, transitions)


def _forward_backward(
    scores: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns alpha and beta, `[batch, length, tags]` each, the place's own score counted in both."""
    reverse = lambda values: tf.reverse_sequence(values, lengths, seq_axis=1, batch_axis=0)  # noqa: E731
    both = tf.transpose(tf.stack([scores, reverse(scores)]), [2, 0, 1, 3])
    run = _looped_recursion if scores.shape[0] != 1 else _compiled_recursion
    alpha, beta = tf.unstack(tf.transpose(run(both, transitions), [1, 2, 0, 3]))
    return alpha, reverse(beta)


def _looped_recursion(scores: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    """Sums over all ways to each tag, forwards and (with the transitions transposed) backwards.

    Args:
      scores: `[length, 2, batch, tags]`.
      transitions: `[tags, tags]`.

    Returns:
      Logarithms, `[length, 2, batch, tags]`.
    """
    length = tf.shape(scores)[0]
    factors, highest = _transition_factors(transitions)
    inputs = tf.TensorArray(scores.dtype, length).unstack(scores)
    results = tf.TensorArray(scores.dtype, length, element_shape=scores.shape[1:]).write(0, scores[0])

    def step(t, state, results):  # type: ignore[no-untyped-def]
        state = _step_on(state, factors, highest) + inputs.read(t)
        return t + 1, state, results.write(t, state)

    start = (1, scores[0], results)
    *_, results = tf.while_loop(lambda t, *_: t < length, step, start, parallel_iterations=1)
    return results.stack()


def _compiled_recursion(scores: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    """The same for a sentence alone, compiled by XLA once for each multiple of 32 that a length is padded to."""
    length = tf.shape(scores)[0]
    padded = tf.pad(scores, [[0, -length % COMPILED_LENGTHS], [0, 0], [0, 0], [0, 0]])
    return _compiled_loop(scores.shape[3])(padded, transitions, length)[:length]


@functools.lru_cache(maxsize=None)
def _compiled_loop(tags: int) -> Callable[..., tf.Tensor]:
    def run(scores, transitions, length):  # type: ignore[no-untyped-def]
        factors, highest = _transition_factors(transitions)

        def step(t, state, results):  # type: ignore[no-untyped-def]
            state = _step_on(state, factors, highest) + scores[t]
            return t + 1, state, tf.tensor_scatter_nd_update(results, [[t]], state[tf.newaxis])

        return tf.while_loop(lambda t, *_: t < length, step, (1, scores[0], scores))[2]

    signature = [
        tf.TensorSpec([None, 2, 1, tags]),
        tf.TensorSpec([tags, tags]),
        tf.TensorSpec([], tf.int32),
    ]
    return tf.function(run, input_signature=signature, jit_compile=True)


def _transition_factors(transitions: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """exp(transitions - highest) for both directions, `[2, tags, tags]`, and the highest transition."""
    highest = tf.reduce_max(transitions)
    factors = tf.exp(transitions - highest)
    return tf.stack([factors, tf.transpose(factors)]), highest


def _step_on(state: tf.Tensor, factors: tf.Tensor, highest: tf.Tensor) -> tf.Tensor:
    top = tf.reduce_max(state, axis=-1, keepdims=True)
    return tf.math.log(tf.matmul(tf.exp(state - top), factors)) + (top + highest)
