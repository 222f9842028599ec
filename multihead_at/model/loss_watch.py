"""Which step's loss was the first that is no number."""

from __future__ import annotations

import tensorflow as tf


class LossWatch(tf.Module):
    """Follows the losses of an epoch's steps up to the first that is NaN or infinite.

    `fit` runs several steps before it asks its callbacks: what they see by then is the mean over all, and the
    steps after the spoilt one have had other losses.

    Attributes:
        loss: float32 scalar, of the last step that was looked at: the first spoilt one, if there is one.
        finite_steps: int64 scalar, how many steps came before that.
    """

    def __init__(self) -> None:
        super().__init__()
        # Of several workers each watches its share.
        kept = {"trainable": False, "aggregation": tf.VariableAggregation.ONLY_FIRST_REPLICA}
        self.loss = tf.Variable(0.0, name="watched_loss", **kept)
        self.finite_steps = tf.Variable(0, dtype=tf.int64, name="finite_steps", **kept)

    def update(self, loss: tf.Tensor) -> None:
        """Takes a step's loss in, a scalar."""
        last = tf.where(tf.math.is_finite(self.loss), loss, self.loss)
        self.loss.assign(last)
        self.finite_steps.assign_add(tf.cast(tf.math.is_finite(last), tf.int64))

    def reset(self) -> None:
        """Begins an epoch."""
        self.loss.assign(0.0)
        self.finite_steps.assign(0)
