"""How probable tags are, in a graph: `multihead_at.prediction.TagChain` for a whole batch."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.export.mentions import Mentions


class TagChain:
    """The distributions over the tag sequences of a batch's sentences.

    Args:
        scores: float32 `[batch, length, tags]`.
        lengths: int32 `[batch]`.
        transitions: float32 `[tags, tags]`, from row to column; None where tags are decided token by token.
    """

    def __init__(self, scores: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor | None) -> None:
        # As in Python, where these sums are in double precision.
        scores = tf.cast(scores, tf.float64)
        self._lengths = lengths
        if transitions is None:
            self._scores = self._forward = scores - _log_sum(scores, 2)[:, :, tf.newaxis]
            self._transitions = tf.zeros([scores.shape[2], scores.shape[2]], tf.float64)
            self._backward, self._total = tf.zeros_like(scores), tf.zeros([tf.shape(scores)[0]], tf.float64)
            return
        self._scores, self._transitions = scores, tf.cast(transitions, tf.float64)
        self._forward, self._backward = _sums(scores, lengths, self._transitions)
        last = tf.gather(self._forward, tf.maximum(lengths - 1, 0), batch_dims=1)
        self._total = _log_sum(last, 1)

    def of_types(self, mentions: Mentions) -> tf.Tensor:
        """The mean, over a mention's tokens, of the probability of its type, where types are the tags.

        Returns:
            float64 `[mentions]`.
        """
        at_tokens = tf.exp(self._forward + self._backward - self._total[:, tf.newaxis, tf.newaxis])
        # Of every token that lies in a mention.
        types = tf.gather(tf.concat([mentions.types, [0]], 0), tf.maximum(mentions.of_token, 0))
        of_type = tf.gather(at_tokens, types, batch_dims=2)
        sums = tf.math.unsorted_segment_sum(of_type, mentions.of_token, tf.shape(mentions.start)[0])
        return sums / tf.cast(mentions.end - mentions.start, sums.dtype)

    def of_mentions(self, mentions: Mentions, tag_ids: tf.Tensor, going_on: tf.Tensor) -> tf.Tensor:
        """The probability that a mention's tokens have their tags and that it ends there.

        Args:
            mentions: of the batch.
            tag_ids: int32 `[batch, length]`, the tags of all tokens.
            going_on: int32 `[mentions]`, the tag that would make a mention longer; -1 where there is none.

        Returns:
            float64 `[mentions]`.
        """
        first = tf.stack([mentions.sentence, mentions.start], 1)
        last = tf.stack([mentions.sentence, mentions.end - 1], 1)
        before_last = tf.gather_nd(self._forward, _with_tags(first, tag_ids))
        value = before_last + self._inside(mentions, tag_ids)
        behind = self._behind(mentions, tf.gather_nd(tag_ids, last), going_on)
        ends_sentence = tf.equal(mentions.end, tf.gather(self._lengths, mentions.sentence))
        value += tf.where(ends_sentence, tf.zeros_like(behind), behind)
        return tf.minimum(tf.exp(value - tf.gather(self._total, mentions.sentence)), 1.0)

    def _inside(self, mentions: Mentions, tag_ids: tf.Tensor) -> tf.Tensor:
        """What the tokens behind a mention's first add."""
        of_tag = tf.gather(self._scores, tag_ids, batch_dims=2)
        before = tf.pad(tag_ids[:, :-1], [[0, 0], [1, 0]])
        steps = tf.gather_nd(self._transitions, tf.stack([before, tag_ids], 2)) + of_tag
        of_token = mentions.of_token
        is_first = tf.not_equal(of_token, tf.pad(of_token[:, :-1], [[0, 0], [1, 0]], constant_values=-1))
        steps = tf.where(is_first, tf.zeros_like(steps), steps)
        return tf.math.unsorted_segment_sum(steps, of_token, tf.shape(mentions.start)[0])

    def _behind(self, mentions: Mentions, last_tags: tf.Tensor, going_on: tf.Tensor) -> tf.Tensor:
        """The log-sum over what may stand behind a mention and does not make it longer."""
        place = tf.minimum(mentions.end, tf.shape(self._scores)[1] - 1)
        place = tf.stack([mentions.sentence, place], 1)
        ways = tf.gather(self._transitions, last_tags) + tf.gather_nd(self._scores + self._backward, place)
        barred = tf.one_hot(going_on, self._scores.shape[2], on_value=True, off_value=False, dtype=tf.bool)
        return _log_sum(tf.where(barred, tf.constant(-1e300, tf.float64), ways), 1)


def _with_tags(places: tf.Tensor, tag_ids: tf.Tensor) -> tf.Tensor:
    """Places `[mentions, 2]` with the tags that stand there, `[mentions, 3]`."""
    return tf.concat([places, tf.gather_nd(tag_ids, places)[:, tf.newaxis]], 1)


def _sums(scores: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The log-sums over what may stand before and at each token, and behind it, `[batch, length, tags]`.

    One loop gives both: seen from its end, a sentence is one with the transitions turned round.
    """
    directions = tf.stack([scores, tf.reverse_sequence(scores, lengths, 1, 0)])
    arriving = tf.transpose(directions, [2, 0, 1, 3])
    turned = tf.stack([transitions, tf.transpose(transitions)])[:, tf.newaxis]
    length = tf.shape(scores)[1]

    def step(
        t: tf.Tensor, sums: tf.Tensor, every: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        sums = arriving[t] + _log_sum(sums[..., tf.newaxis] + turned, 2)
        return t + 1, sums, every.write(t, sums)

    every = tf.TensorArray(scores.dtype, length, element_shape=[2, None, None]).write(0, arriving[0])
    *_, every = tf.while_loop(lambda t, *_: t < length, step, (1, arriving[0], every), parallel_iterations=1)
    forward, backward = tf.unstack(tf.transpose(every.stack(), [1, 2, 0, 3]), 2)
    return forward, tf.reverse_sequence(backward, lengths, 1, 0) - scores


def _log_sum(values: tf.Tensor, axis: int) -> tf.Tensor:
    highest = tf.reduce_max(values, axis, keepdims=True)
    return tf.math.log(tf.reduce_sum(tf.exp(values - highest), axis)) + tf.squeeze(highest, axis)
