"""The root in front of documents (DREC), in a graph."""

from __future__ import annotations

import tensorflow as tf


def lacks_root(tokens: tf.Tensor, root: str) -> tf.Tensor:
    """1 for each sentence that does not begin with the root, else 0; a sentence without tokens needs none.

    Args:
        tokens: `[batch, length]`, length at least 1; `""` at padding.
        root: the token.

    Returns:
        int32 `[batch]`.
    """
    first = tokens[:, 0]
    return tf.cast(tf.not_equal(first, root) & tf.not_equal(first, ""), tf.int32)


def with_front(values: tf.Tensor, added: tf.Tensor, front: str) -> tf.Tensor:
    """Puts a value in front of some rows.

    Args:
        values: `[batch, length]`; `""` at padding.
        added: int32 `[batch]`, 1 for each row that gets one, else 0.
        front: the value.

    Returns:
        `[batch, length + 1]`.
    """
    shifted = tf.concat([tf.fill([tf.shape(values)[0], 1], front), values], axis=1)
    padded = tf.pad(values, [[0, 0], [0, 1]], constant_values="")
    return tf.where(tf.equal(added, 1)[:, tf.newaxis], shifted, padded)
