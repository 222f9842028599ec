"""CRF loss and decoding against the sum, and the best, of all tag sequences."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_addons as tfa

from multihead_at.model.crf_loss import crf_negative_log_likelihood
from multihead_at.model.crf_tagging import CrfTagging

TAGS = 3
Loss = Callable[[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor], tf.Tensor]
Numbers = tuple[np.ndarray, np.ndarray, np.ndarray]


def tfa_loss(scores: tf.Tensor, tags: tf.Tensor, lengths: tf.Tensor, transitions: tf.Tensor) -> tf.Tensor:
    return -tfa.text.crf_log_likelihood(scores, tags, lengths, transitions)[0]


def run(loss: Loss, scores: np.ndarray, tags: np.ndarray, lengths: list[int], steps: np.ndarray) -> Numbers:
    """Losses, and the gradients of their weighted sum."""
    tensors = [tf.constant(values, tf.float32) for values in (scores, steps)]
    weights = np.arange(1, len(lengths) + 1)
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        losses = loss(tensors[0], tf.constant(tags, tf.int32), tf.constant(lengths), tensors[1])
        total = tf.reduce_sum(losses * weights)
    # Where no sentence has two tokens, TFA's loss does not depend on transitions.
    gradients = tape.gradient(total, tensors, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return (losses.numpy(), *(gradient.numpy() for gradient in gradients))


def all_sequences(scores: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All tag sequences of a sentence `[sequences, length]`, and what each scores."""
    found = np.array(list(itertools.product(range(TAGS), repeat=len(scores))))
    totals = scores.astype(np.float64)[np.arange(len(scores)), found].sum(1)
    return found, totals + steps.astype(np.float64)[found[:, :-1], found[:, 1:]].sum(1)


def by_force(scores: np.ndarray, tags: np.ndarray, lengths: list[int], steps: np.ndarray) -> Numbers:
    """The same as `run`, by the definition, in double precision."""
    losses, of_scores, of_steps = [], np.zeros(scores.shape), np.zeros(steps.shape)
    for row, length in enumerate(lengths):
        sequences, totals = all_sequences(scores[row, :length], steps)
        gold = (sequences == tags[row, :length]).all(1)
        top = totals.max()
        losses.append(top + np.log(np.exp(totals - top).sum()) - totals[gold].item())
        surplus = np.exp(totals - top) / np.exp(totals - top).sum() - gold
        for weight, sequence in zip(surplus * (row + 1), sequences):
            of_scores[row, np.arange(length), sequence] += weight
            np.add.at(of_steps, (sequence[:-1], sequence[1:]), weight)
    return np.array(losses), of_scores, of_steps


def draw(lengths: list[int], scale: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(len(lengths), max(lengths), TAGS)) * scale
    tags = random.integers(0, TAGS, scores.shape[:2])
    return scores.astype(np.float32), tags, random.normal(size=(TAGS, TAGS)).astype(np.float32)


def assert_close(found: Numbers, expected: Numbers, tolerance: float) -> None:
    for values, exact in zip(found, expected):
        np.testing.assert_allclose(values, exact, rtol=tolerance, atol=tolerance * np.abs(exact).max())


# One sentence goes the compiled way, several the looped one.
BATCHES = [[5], [1], [4, 5, 1, 2], [1, 1]]


@pytest.mark.parametrize("lengths", BATCHES)
@pytest.mark.parametrize("loss", [crf_negative_log_likelihood, tfa_loss])
def test_loss_and_gradients_by_force(loss: Loss, lengths: list[int]) -> None:
    scores, tags, steps = draw(lengths, scale=2.0)
    assert_close(
        run(loss, scores, tags, lengths, steps), by_force(scores, tags, lengths, steps), tolerance=2e-6
    )


@pytest.mark.parametrize("lengths", [[40], [40, 7, 25]])
def test_agrees_with_tfa(lengths: list[int]) -> None:
    scores, tags, steps = draw(lengths, scale=3.0, seed=1)
    ours = run(crf_negative_log_likelihood, scores, tags, lengths, steps)
    theirs = run(tfa_loss, scores, tags, lengths, steps)
    np.testing.assert_allclose(ours[0], theirs[0], rtol=1e-6)
    assert_close(ours, theirs, tolerance=1e-5)


@pytest.mark.parametrize("lengths", [[5], [5, 3]])
def test_extreme_scores(lengths: list[int]) -> None:
    random = np.random.default_rng(3)
    scores, tags, _ = draw(lengths, scale=1.0)
    scores, steps = random.choice([-50, 50], scores.shape), random.choice([-50, 50], (TAGS, TAGS))
    found = run(crf_negative_log_likelihood, scores, tags, lengths, steps)
    assert_close(found, by_force(scores, tags, lengths, steps), tolerance=1e-5)


def test_a_long_document_keeps_its_precision() -> None:
    # The probabilities of a place sum to 1, and those of a step too, however long the way to it.
    length = 300
    scores, tags, steps = draw([length], scale=10.0)
    _, of_scores, of_steps = run(crf_negative_log_likelihood, scores, tags, [length], steps)
    np.testing.assert_allclose(of_scores.sum(2), 0, atol=1e-6)
    assert abs(of_steps.sum()) < 1e-4
    assert np.abs(of_scores).max() <= 1


def test_the_same_in_a_graph() -> None:
    scores, tags, steps = draw([5], scale=2.0)

    @tf.function(input_signature=[tf.TensorSpec([1, None, TAGS])])
    def in_graph(values: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(values)
            loss = crf_negative_log_likelihood(values, tags, tf.shape(values)[1:2], tf.constant(steps))
        return loss, tape.gradient(loss, values)

    expected = run(crf_negative_log_likelihood, scores, tags, [5], steps)
    for found, value in zip(in_graph(tf.constant(scores)), expected):
        np.testing.assert_allclose(found.numpy(), value, atol=1e-6)


@pytest.fixture
def layer() -> CrfTagging:
    return CrfTagging(TAGS, seed=1)


def test_the_best_sequence(layer: CrfTagging) -> None:
    lengths = [5, 1, 3]
    scores, _, steps = draw(lengths, scale=1.0, seed=2)
    layer.crf.chain_kernel.assign(3 * steps)
    decoded = layer.decode(tf.constant(scores), tf.constant(lengths)).numpy()
    for row, length in enumerate(lengths):
        sequences, totals = all_sequences(scores[row, :length], 3 * steps)
        best = sequences[totals.argmax()]
        assert decoded[row, :length].tolist() == best.tolist()
    # The transitions decide something.
    assert decoded[0].tolist() != scores[0].argmax(1).tolist()


@pytest.mark.parametrize("lengths", [[4], [4, 2]])
def test_the_layers_loss_has_transitions_only(layer: CrfTagging, lengths: list[int]) -> None:
    scores, tags, _ = draw(lengths, scale=1.0)
    found = layer.loss(tf.constant(scores), tf.constant(tags, tf.int32), tf.constant(lengths))
    expected, *_ = by_force(scores, tags, lengths, layer.transitions.numpy())
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)
    assert [variable.shape for variable in layer.trainable_variables] == [(TAGS, TAGS)]
