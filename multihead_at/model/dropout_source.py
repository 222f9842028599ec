"""Dropout masks that are a function of (seed, step, pass, place), not of a hidden generator.

A run that is stopped and resumed, or done twice, therefore drops the same units.
"""

from __future__ import annotations

import tensorflow as tf

# A place has a stream of random numbers of its own: its number stands, with step and pass, in one word of
# Philox's counter.
_PLACES = 64
_PASSES = 2
_PHILOX = 1


class DropoutSource:
    """Draws the dropout masks of one pass over one batch.

    Args:
        key: uint64 `[1]`, from the run's seed.
        step: int64 scalar, the number of optimizer steps done so far.
        pass_number: 0 for the clean pass, 1 for the perturbed one.
    """

    def __init__(self, key: tf.Tensor, step: tf.Tensor, pass_number: int) -> None:
        self._key = key
        self._base = tf.cast((tf.cast(step, tf.int64) * _PASSES + pass_number) * _PLACES, tf.uint64)

    def mask(self, shape: tf.Tensor, keep: float, place: int, *, block: tf.Tensor | int = 0) -> tf.Tensor:
        """Returns float32 of `shape`: 0 with probability 1 - keep, else 1 / keep.

        Args:
            shape: int32 `[rank]`.
            keep: probability that a unit is kept.
            place: which dropout of the model this is, below 64; every place has a stream of its own.
            block: which part of the place's units, where they are drawn in parts.
        """
        first = tf.cast(tf.cast(block, tf.int64) * 2**32, tf.uint64)
        counter = tf.stack([first, self._base + tf.constant(place, tf.uint64)])
        uniform = tf.raw_ops.StatelessRandomUniformV2(
            shape=shape, key=self._key, counter=counter, alg=_PHILOX, dtype=tf.float32
        )
        return tf.cast(uniform < keep, tf.float32) * (1.0 / keep)

    def drop(self, values: tf.Tensor, keep: float, place: int) -> tf.Tensor:
        """Drops units of `values`; `keep` of 1 costs nothing.

        Args:
            values: of any shape.
            keep: the probability that a unit stays; what stays is divided by it.
            place: as in `mask`.

        Returns:
            Of the same shape.
        """
        if keep == 1.0:
            return values
        return values * self.mask(tf.shape(values), keep, place)
