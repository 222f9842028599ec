"""Head selection in tiles against its dense definition."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import tensorflow as tf

from multihead_at.model import head_selection, head_selection_loss
from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.head_selection import HeadSelection
from multihead_at.model.pair_tiles import cut_pairs

RELATIONS, HIDDEN, DIM, PLACE = 3, 4, 5, 2
LENGTHS = [5, 0, 1, 4]
GOLD = [(0, 0, 4, 1), (0, 0, 4, 2), (0, 3, 3, 0), (2, 0, 0, 1), (3, 3, 0, 2), (3, 1, 2, 0)]


def built(activation: str, keep: float = 1.0) -> HeadSelection:
    layer = HeadSelection(RELATIONS, HIDDEN, activation=activation, keep=keep, place=PLACE, seed=1)
    layer.build(tf.TensorShape([None, None, DIM]))
    return layer


@pytest.fixture
def states() -> tf.Tensor:
    return tf.constant(np.random.default_rng(0).normal(size=(4, 5, DIM)), tf.float32)


@pytest.fixture
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most seven pairs a tile: the longest sentence takes five, one row each."""
    cut = functools.partial(cut_pairs, pairs_per_tile=7)
    monkeypatch.setattr(head_selection_loss, "cut_pairs", cut)
    monkeypatch.setattr(head_selection, "cut_pairs", cut)


def dense_loss(layer: HeadSelection, states: tf.Tensor, mask: np.ndarray | None) -> tf.Tensor:
    """By the definition, over all n x n x relations of every sentence."""
    activation = getattr(tf.nn, layer.activation)
    of_token, of_head = states @ layer.u, states @ layer.w
    hidden = activation(of_token[:, :, tf.newaxis] + of_head[:, tf.newaxis] + layer.b)
    if mask is not None:
        hidden *= mask
    logits = tf.einsum("bijh,hk->bijk", hidden, layer.v)
    if mask is None:
        np.testing.assert_allclose(layer(states).numpy(), logits.numpy(), atol=1e-6)
    labels, real = np.zeros(logits.shape, np.float32), np.zeros([*logits.shape[:3], 1], np.float32)
    labels[tuple(np.array(GOLD).T)] = 1
    for row, length in enumerate(LENGTHS):
        real[row, :length, :length] = 1
    return tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits) * real)


def dense_mask(source: DropoutSource, keep: float) -> np.ndarray:
    """The two masks of every tile, put together."""
    whole = np.zeros([4, 5, 5, HIDDEN], np.float32)
    tiles = cut_pairs(tf.constant(LENGTHS), 7)
    for number, (row, first, rows, length) in enumerate(zip(*(field.numpy() for field in tiles))):
        shape = tf.constant([rows, length, HIDDEN])
        masks = [source.mask(shape, keep, place, block=number).numpy() for place in (PLACE, PLACE + 1)]
        assert not np.array_equal(*masks)
        whole[row, first : first + rows, :length] = masks[0] * masks[1]
    return whole


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("keep", [1.0, 0.5])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_loss_and_gradients(states: tf.Tensor, activation: str, keep: float) -> None:
    layer = built(activation, keep)
    source = DropoutSource(tf.constant([9], tf.uint64), tf.constant(3, tf.int64), 1)
    mask = None if keep == 1 else dense_mask(source, keep)
    found = []
    for dense in (False, True):
        with tf.GradientTape() as tape:
            tape.watch(states)
            if dense:
                loss = dense_loss(layer, states, mask)
            else:
                relations = tf.constant(GOLD, tf.int32)
                loss = layer.loss(states, relations, tf.constant(LENGTHS), source)
            loss *= 2.0  # What comes from above counts.
        gradients = tape.gradient(loss, [states, layer.u, layer.w, layer.v, layer.b])
        found.append([loss.numpy(), *(gradient.numpy() for gradient in gradients)])
    for tiled, exact in zip(*found):
        np.testing.assert_allclose(tiled, exact, rtol=0, atol=2e-6 * np.abs(exact).max())
    assert not found[0][1][1].any()


def test_one_tile_and_many_give_the_same(states: tf.Tensor, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = built("tanh")
    arguments = (states, tf.constant(GOLD, tf.int32), tf.constant(LENGTHS))
    one = float(layer.loss(*arguments))
    cut = functools.partial(cut_pairs, pairs_per_tile=1)
    monkeypatch.setattr(head_selection_loss, "cut_pairs", cut)
    assert float(layer.loss(*arguments)) == pytest.approx(one, rel=1e-6)


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("threshold", [0.4, 0.5])
def test_what_is_selected_is_above_the_threshold(states: tf.Tensor, threshold: float) -> None:
    layer = built("tanh")
    probabilities = tf.sigmoid(layer(states)).numpy()
    expected = [
        (row, token, head, relation)
        for row, length in enumerate(LENGTHS)
        for token in range(length)
        for head in range(length)
        for relation in range(RELATIONS)
        if probabilities[row, token, head, relation] > threshold
    ]
    assert 5 < len(expected) < 120
    selected, of_selected = layer.select(states, tf.constant(LENGTHS), threshold)
    assert [tuple(row) for row in selected.numpy().tolist()] == expected
    np.testing.assert_allclose(of_selected.numpy(), [probabilities[row] for row in expected], rtol=1e-6)


def test_nothing_is_selected(states: tf.Tensor) -> None:
    selected, probabilities = built("tanh").select(states, tf.constant(LENGTHS), 1.0)
    assert (selected.shape, probabilities.shape) == ((0, 4), (0,))


def test_no_gold_relation_at_all(states: tf.Tensor) -> None:
    layer = built("tanh")
    loss = layer.loss(states, tf.zeros([0, 4], tf.int32), tf.constant(LENGTHS))
    logits = layer(states).numpy().astype(np.float64)
    expected = sum(np.log1p(np.exp(logits[row, :n, :n])).sum() for row, n in enumerate(LENGTHS))
    assert float(loss) == pytest.approx(expected, rel=1e-6)


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("left_out", [-1, 0, 2])
def test_the_best_relation_of_every_pair(states: tf.Tensor, left_out: int) -> None:
    layer = built("tanh")
    logits = layer(states).numpy()
    if left_out >= 0:
        logits[..., left_out] = -np.inf
    scores, relations = layer.best_arcs(states, tf.constant(LENGTHS), left_out)
    pairs = [logits[row, :length, :length].reshape(-1, RELATIONS) for row, length in enumerate(LENGTHS)]
    expected = np.concatenate(pairs)
    assert len(expected) == 25 + 0 + 1 + 16
    np.testing.assert_allclose(scores.numpy(), expected.max(axis=1), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(relations.numpy(), expected.argmax(axis=1))
    assert relations.dtype == tf.int32
