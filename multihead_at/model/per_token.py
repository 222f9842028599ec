"""The same linear map for every token."""

from __future__ import annotations

import tensorflow as tf


def per_token(values: tf.Tensor, weight: tf.Tensor) -> tf.Tensor:
    """One matrix product over all tokens.

    Args:
        values: `[batch, length, dim]`.
        weight: `[dim, out]`.

    Returns:
        `[batch, length, out]`.
    """
    flat = tf.matmul(tf.reshape(values, [-1, values.shape[-1]]), weight)
    return tf.reshape(flat, tf.concat([tf.shape(values)[:-1], [weight.shape[-1]]], 0))
