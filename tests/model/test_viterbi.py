"""Viterbi decoding against TensorFlow Addons', and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_addons as tfa

from multihead_at.model.viterbi import viterbi


def test_a_transition_outweighs_a_score() -> None:
    scores = tf.constant([[[1.0, 0.0], [0.0, 0.5], [0.0, 0.1]]])
    never = tf.constant([[0.0, -9.0], [0.0, 0.0]])
    assert viterbi(scores, tf.zeros([2, 2]), tf.constant([3])).numpy().tolist() == [[0, 1, 1]]
    # From tag 0 to tag 1 never: 1 + 0 + 0 against 0 + 0.5 + 0.1.
    assert viterbi(scores, never, tf.constant([3])).numpy().tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("values", [None, 2])
def test_as_tensorflow_addons_decodes(values: int | None) -> None:
    random = np.random.default_rng(1)
    for batch, length, tags in ((1, 1, 1), (1, 7, 3), (6, 9, 4), (3, 40, 9)):
        # Few different values make ties.
        draw = random.normal if values is None else lambda size: random.integers(0, values, size)
        scores = tf.constant(draw(size=[batch, length, tags]), tf.float32)
        transitions = tf.constant(draw(size=[tags, tags]), tf.float32)
        lengths = tf.constant(random.integers(1, length + 1, batch), tf.int32)
        expected, _ = tfa.text.crf_decode(scores, transitions, lengths)
        inside = tf.sequence_mask(lengths, length)
        found = viterbi(scores, transitions, lengths)
        assert tf.boolean_mask(found, inside).numpy().tolist() == (
            tf.boolean_mask(expected, inside).numpy().tolist()
        )


def test_a_sentence_without_tokens_disturbs_nobody() -> None:
    scores = tf.constant(np.random.default_rng(2).normal(size=[2, 3, 2]), tf.float32)
    transitions = tf.constant([[0.1, 0.2], [0.3, -0.4]])
    alone = viterbi(scores[1:], transitions, tf.constant([3]))
    assert viterbi(scores, transitions, tf.constant([0, 3]))[1].numpy().tolist() == alone[0].numpy().tolist()
