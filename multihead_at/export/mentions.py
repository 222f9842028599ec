"""The mentions of a batch, in a graph."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf


class Mentions(NamedTuple):
    """Mentions of all sentences of a batch, sentence by sentence and in their order there.

    Attributes:
        sentence: int32 `[mentions]`, the sentence's place in the batch.
        start: int32 `[mentions]`, the first token.
        end: int32 `[mentions]`, the token after the last.
        types: int32 `[mentions]`, ids.
        of_token: int32 `[batch, length]`, the mention that a token lies in; -1 where it lies in none.
    """

    sentence: tf.Tensor
    start: tf.Tensor
    end: tf.Tensor
    types: tf.Tensor
    of_token: tf.Tensor

    @classmethod
    def from_tags(cls, types: tf.Tensor, begins: tf.Tensor) -> Mentions:
        """Reads mentions off BIO tags, leniently: see `multihead_at.documents.mentions_from_bio`.

        Args:
            types: int32 `[batch, length]`, the type that a token's tag names; -1 for none and at padding.
            begins: bool `[batch, length]`, whether the tag begins with `B-`.
        """
        before = tf.pad(types[:, :-1], [[0, 0], [1, 0]], constant_values=-1)
        is_first = (types >= 0) & (begins | tf.not_equal(before, types))
        numbers = tf.cumsum(tf.cast(tf.reshape(is_first, [-1]), tf.int32)) - 1
        of_token = tf.where(types >= 0, tf.reshape(numbers, tf.shape(types)), -1)
        places = tf.where(is_first)
        sentence, start = tf.unstack(tf.cast(places, tf.int32), axis=1)
        sizes = tf.math.unsorted_segment_sum(tf.ones_like(of_token), of_token, tf.shape(start)[0])
        return cls(sentence, start, start + sizes, tf.gather_nd(types, places), of_token)

    def kept(self, keep: tf.Tensor) -> Mentions:
        """Those mentions for which `keep`, bool `[mentions]`, says so."""
        numbers = tf.where(keep, tf.cumsum(tf.cast(keep, tf.int32)) - 1, -1)
        # Behind the last, for tokens in no mention.
        numbers = tf.concat([numbers, [-1]], 0)
        places = tf.where(self.of_token < 0, tf.shape(keep)[0], self.of_token)
        sentence, start, end, types = (tf.boolean_mask(field, keep) for field in self[:4])
        return Mentions(sentence, start, end, types, tf.gather(numbers, places))

    def without_root(self) -> Mentions:
        """Takes token 0 of every sentence out of the mentions: it is the root and nothing else."""
        inside = tf.concat([tf.fill([tf.shape(self.of_token)[0], 1], -1), self.of_token[:, 1:]], 1)
        cut = self._replace(start=tf.maximum(self.start, 1), of_token=inside)
        return cut.kept(self.end > 1)
