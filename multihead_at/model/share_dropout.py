"""The dropout masks of a worker's share of a batch."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.pair_tiles import cut_pairs


class ShareDropout(DropoutSource):
    """Draws the masks that the share's sentences have in the joined batch.

    Where several workers train together, the same units are dropped as where one does.

    Args:
        key: uint64 `[1]`, from the run's seed.
        step: int64 scalar, the number of optimizer steps done so far.
        pass_number: 0 for the clean pass, 1 for the perturbed one.
        places: int32 `[batch]`, rising: where the share's sentences stand in the joined batch.
        lengths: int32 `[joined batch]`, of all its sentences.
    """

    def __init__(
        self, key: tf.Tensor, step: tf.Tensor, pass_number: int, places: tf.Tensor, lengths: tf.Tensor
    ) -> None:
        super().__init__(key, step, pass_number)
        self._places = places
        self._lengths = lengths
        of_share = tf.reduce_any(cut_pairs(lengths).sentence[:, tf.newaxis] == places, axis=1)
        self._tiles = tf.where(of_share)[:, 0]

    def mask(self, shape: tf.Tensor, keep: float, place: int, *, block: tf.Tensor | int = 0) -> tf.Tensor:
        """Returns float32 of `shape`: 0 with probability 1 - keep, else 1 / keep.

        Args:
            shape: int32 `[rank]`.
            keep: probability that a unit is kept.
            place: which dropout of the model this is.
            block: the number of a tile of the share's pairs (see `cut_pairs`).
        """
        return super().mask(shape, keep, place, block=self._tiles[block])

    def drop(self, values: tf.Tensor, keep: float, place: int) -> tf.Tensor:
        """Drops units of `values`, `[batch, length, dim]`, whose shape it returns."""
        if keep == 1.0:
            return values
        _, length, dim = tf.unstack(tf.shape(values), num=3)
        joined = tf.stack([tf.shape(self._lengths)[0], tf.reduce_max(self._lengths), dim])
        mask = super().mask(joined, keep, place)
        return values * tf.gather(mask, self._places)[:, :length]
