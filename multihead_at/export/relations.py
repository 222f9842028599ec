"""Heads of tokens lifted to relations between mentions, in a graph."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from multihead_at.export.mentions import Mentions


class Relations(NamedTuple):
    """Relations of all sentences of a batch, in the order of their heads, tails and types.

    Attributes:
        sentence: int32 `[relations]`, the sentence's place in the batch.
        types: int32 `[relations]`, ids.
        head: int32 `[relations]`, argument 1, as its place among the batch's mentions.
        tail: int32 `[relations]`, argument 2, likewise.
        probabilities: float32 `[relations]`, of several pairs of tokens the highest.
    """

    sentence: tf.Tensor
    types: tf.Tensor
    head: tf.Tensor
    tail: tf.Tensor
    probabilities: tf.Tensor

    @classmethod
    def between(
        cls, mentions: Mentions, arcs: tf.Tensor, probabilities: tf.Tensor, no_relation: int
    ) -> Relations:
        """Lifts heads of tokens as the scorer does: any token of a mention stands for it.

        Args:
            mentions: of the batch.
            arcs: int32 `[n, 4]` (sentence, token, head, relation).
            probabilities: theirs, float32 `[n]`.
            no_relation: the relation that is none.
        """
        sentence, token, head, types = tf.unstack(arcs, axis=1)
        ends = [tf.gather_nd(mentions.of_token, tf.stack([sentence, place], 1)) for place in (token, head)]
        keep = (ends[0] >= 0) & (ends[1] >= 0) & tf.not_equal(types, no_relation)
        one, other, kind = (tf.cast(tf.boolean_mask(ids, keep), tf.int64) for ids in (*ends, types))
        count = tf.maximum(tf.size(mentions.start, tf.int64), 1)
        kinds = tf.reduce_max(tf.concat([types, [0]], 0)) + 1
        kinds = tf.cast(kinds, tf.int64)
        keys, places = tf.unique((one * count + other) * kinds + kind)
        best = tf.math.unsorted_segment_max(tf.boolean_mask(probabilities, keep), places, tf.size(keys))
        order = tf.argsort(keys)
        keys = tf.gather(keys, order)
        head_ids, tail_ids, type_ids = (
            tf.cast(ids, tf.int32) for ids in (keys // (count * kinds), keys // kinds % count, keys % kinds)
        )
        sentences = tf.gather(mentions.sentence, head_ids)
        return cls(sentences, type_ids, head_ids, tail_ids, tf.gather(best, order))
