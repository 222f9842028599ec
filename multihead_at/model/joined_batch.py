"""What is true of a batch as a whole where each of several workers has a share of it.

Losses are sums over sentences, and the optimizer adds up the workers' gradients: the rest is here. In a
process that trains alone nothing is added to its graph.
"""

from __future__ import annotations

import tensorflow as tf


def joined_loss(loss: tf.Tensor) -> tf.Tensor:
    """Returns, of the loss of a worker's share, what has the joined batch's for its mean over the workers.

    Args:
        loss: a scalar, the sum over the share's sentences.

    Returns:
        A scalar.
    """
    workers = tf.distribute.get_strategy().num_replicas_in_sync
    return loss if workers == 1 else loss * workers


def clip_joined(gradient: tf.Tensor | tf.IndexedSlices) -> tf.Tensor | tf.IndexedSlices:
    """Clips every component of the joined batch's gradient to [-1, 1].

    Returns:
        What has that for its sum over the workers. Looked-up rows are clipped where they occur, which is in
        one share.
    """
    workers = tf.distribute.get_strategy().num_replicas_in_sync
    if workers == 1 or isinstance(gradient, tf.IndexedSlices):
        return tf.clip_by_value(gradient, -1.0, 1.0)
    joined = tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, gradient)
    return tf.clip_by_value(joined, -1.0, 1.0) / workers
