"""Tag scores by hand, and tags decided token by token."""

from __future__ import annotations

import math

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.softmax_tagging import SoftmaxTagging
from multihead_at.model.tag_scorer import TagScorer


@pytest.mark.parametrize(
    ("activation", "hidden"), [("tanh", [math.tanh(3), math.tanh(-2)]), ("relu", [3, 0])]
)
def test_scores(activation: str, hidden: list[float]) -> None:
    layer = TagScorer(3, 2, activation=activation)
    layer.build(tf.TensorShape([None, None, 1]))
    layer.u.assign([[1.0, -1.0]])
    layer.b.assign([1.0, 0.0])
    layer.v.assign([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]])
    layer.c.assign([0.0, 0.0, 5.0])
    expected = [hidden[0], 2 * hidden[0] + hidden[1], hidden[1] + 5]
    np.testing.assert_allclose(layer(tf.constant([[[2.0]]])).numpy(), [[expected]], rtol=1e-6)


def test_dropout_is_on_the_hidden_layer() -> None:
    layer = TagScorer(2, 4, keep=0.5, place=1, seed=1)
    layer.build(tf.TensorShape([None, None, 3]))
    states = tf.constant(np.random.default_rng(0).normal(size=(1, 5, 3)), tf.float32)
    source = DropoutSource(tf.constant([3], tf.uint64), tf.constant(0, tf.int64), 0)
    hidden = tf.tanh(states @ layer.u + layer.b) * source.mask(tf.constant([1, 5, 4]), 0.5, 1)
    expected = (hidden @ layer.v + layer.c).numpy()
    np.testing.assert_allclose(layer(states, source).numpy(), expected, atol=1e-6)
    assert not np.allclose(layer(states).numpy(), expected, atol=1e-3)


def test_softmax_loss_and_decoding_leave_padding_out() -> None:
    layer = SoftmaxTagging(2)
    scores = tf.constant([[[0.0, math.log(3)], [2.0, 2.0]], [[0.0, 0.0], [9.0, 0.0]]])
    losses = layer.loss(scores, tf.constant([[1, 0], [0, 1]]), tf.constant([2, 1])).numpy()
    np.testing.assert_allclose(losses, [math.log(4 / 3) + math.log(2), math.log(2)], rtol=1e-6)
    assert layer.decode(scores, tf.constant([2, 1])).numpy()[0, 0] == 1
