"""Entity classes of tokens as mentions of given boundaries (EC), in a graph."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.export.mentions import Mentions


def given_mentions(boundaries: tf.Tensor) -> Mentions:
    """The mentions whose boundaries are given; their types say nothing.

    Args:
        boundaries: `[batch, length]`, BIO tags with or without a type behind them; `""` at padding.
    """
    is_tag = tf.strings.regex_full_match(boundaries, "(?s)(?:O|[BI](?:-.+)?)?")
    wrong = tf.boolean_mask(boundaries, ~is_tag)
    check = tf.debugging.Assert(
        tf.reduce_all(is_tag), ["boundaries: expected B, I or O for each token, received", wrong], summarize=3
    )
    with tf.control_dependencies([check]):
        tags = tf.identity(boundaries)
    names = tf.strings.regex_replace(tags, "^[BI]-?", "")
    numbers = tf.reshape(tf.unique(tf.reshape(names, [-1])).idx, tf.shape(tags))
    is_outside = tf.equal(tags, "O") | tf.equal(tags, "")
    begins = tf.equal(tf.strings.substr(tags, 0, 1), "B")
    return Mentions.from_tags(tf.where(is_outside, -1, numbers), begins)


def with_most_common_class(mentions: Mentions, tag_ids: tf.Tensor, tags: int, outside: int) -> Mentions:
    """Gives each mention the most common class of its tokens other than `O`, on a tie the one met first.

    As `multihead_at.prediction.with_given_boundaries` does.

    Args:
        mentions: the given ones.
        tag_ids: int32 `[batch, length]`, the tokens' classes.
        tags: number of classes.
        outside: the class of no entity; mentions of nothing else are left out. -1 if there is none.
    """
    of_token, count = mentions.of_token, tf.shape(mentions.start)[0]
    cells = tf.where(of_token < 0, -1, of_token * tags + tag_ids)
    places = tf.broadcast_to(tf.range(tf.shape(tag_ids)[1]), tf.shape(tag_ids))
    counts = tf.math.unsorted_segment_sum(tf.ones_like(cells), cells, count * tags)
    first = tf.math.unsorted_segment_min(places, cells, count * tags)
    rank = tf.reshape(tf.cast(counts, tf.int64) * 2**32 - tf.cast(first, tf.int64), [-1, tags])
    # Before every class that no token has, and behind all that one has.
    last_that_counts = tf.constant(-1, tf.int64)
    rank = tf.where(tf.equal(tf.range(tags), outside) & (rank > 0), last_that_counts, rank)
    types = tf.argmax(rank, 1, tf.int32)
    return mentions._replace(types=types).kept(tf.not_equal(types, outside))
