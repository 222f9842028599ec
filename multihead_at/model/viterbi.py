"""The best tag sequence of a linear-chain CRF (Viterbi)."""

from __future__ import annotations

import functools
from typing import Callable

import tensorflow as tf

from multihead_at.model.compiled_length import missing_places
from multihead_at.model.device import compiled


def viterbi(scores: tf.Tensor, transitions: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    """Decodes as `tfa.text.crf_decode` does, in half of its time or less; of equal tags the first is taken.

    Args:
        scores: float32 `[batch, length, tags]`, length at least 1.
        transitions: float32 `[tags, tags]`, from row to column.
        lengths: int32 `[batch]`.

    Returns:
        int32 `[batch, length]`; meaningless at padding.
    """
    arriving = tf.transpose(scores, [1, 0, 2])
    if scores.shape[0] != 1:
        return tf.transpose(_best_tags(arriving, transitions, lengths))
    length = tf.shape(scores)[1]
    padded = tf.pad(arriving, [[0, missing_places(length)], [0, 0], [0, 0]])
    return tf.transpose(_compiled(scores.shape[2])(padded, transitions, lengths))[:, :length]


@functools.cache
def _compiled(tags: int) -> Callable[..., tf.Tensor]:
    """The same for a sentence alone, compiled by XLA once for each length that it is padded to."""
    signature = [tf.TensorSpec([None, 1, tags]), tf.TensorSpec([tags, tags]), tf.TensorSpec([1], tf.int32)]
    return compiled(_best_tags, signature)


def _best_tags(arriving: tf.Tensor, transitions: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    """The same with the length first: `[length, batch, tags]` -> `[length, batch]`."""
    length, last = tf.shape(arriving)[0], lengths - 1

    def forward(
        t: tf.Tensor, best: tf.Tensor, results: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        best = tf.reduce_max(best[:, :, tf.newaxis] + transitions, 1) + arriving[t]
        return t + 1, best, results.write(t, best)

    # The score of the best way to each tag, `[length, batch, tags]`.
    shape = arriving.shape[1:]
    results = tf.TensorArray(tf.float32, length, element_shape=shape).write(0, arriving[0])
    start = (1, arriving[0], results)
    *_, results = tf.while_loop(lambda t, *_: t < length, forward, start, parallel_iterations=1)
    best = results.stack()

    def back(
        t: tf.Tensor, tag: tf.Tensor, tags: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        # The way back begins at each sentence's own last token.
        onward = tf.where((t < last)[:, tf.newaxis], tf.gather(from_tag, tag), 0.0)
        tag = tf.argmax(best[t] + onward, 1, tf.int32)
        return t - 1, tag, tags.write(t, tag)

    from_tag = tf.transpose(transitions)
    tags = tf.TensorArray(tf.int32, length, element_shape=shape[:1])
    start = (length - 1, tf.zeros_like(lengths), tags)
    *_, tags = tf.while_loop(lambda t, *_: t >= 0, back, start, parallel_iterations=1)
    return tags.stack()
