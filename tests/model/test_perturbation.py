"""The worst-case perturbation."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from multihead_at.model import JointModel
from multihead_at.model.perturbation import worst_case_perturbation


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    batch=st.integers(1, 4),
    length=st.integers(1, 30),
    dim=st.integers(1, 160),
    exponent=st.integers(-4, 4),
    alpha=st.sampled_from([5e-2, 1e-2, 1e-3, 1e-4]),
)
def test_every_sentence_is_moved_as_far_along_its_gradient(
    seed: int, batch: int, length: int, dim: int, exponent: int, alpha: float
) -> None:
    gradient = np.random.default_rng(seed).normal(size=(batch, length, dim)) * 10.0**exponent
    gradient *= 10.0 ** np.arange(batch)[:, np.newaxis, np.newaxis]  # Sentences differ in their norms.
    eta = worst_case_perturbation(tf.constant(gradient, tf.float32), alpha).numpy().astype(np.float64)
    norms = np.sqrt((eta**2).sum((1, 2)))
    np.testing.assert_allclose(norms, alpha * math.sqrt(dim), rtol=1e-6)
    cosines = (eta * gradient).sum((1, 2)) / norms / np.sqrt((gradient**2).sum((1, 2)))
    np.testing.assert_allclose(cosines, 1.0, rtol=1e-6)


def test_by_hand_with_padding() -> None:
    # ||g|| = 5 and D = 4: eta = 0.1 * 2 * g / 5. The second sentence has a norm of its own, and padding.
    gradient = tf.constant([[[3.0, 0, 0, 0], [0, 0, 0, 4.0]], [[0, -2.0, 0, 0], [0, 0, 0, 0]]])
    expected = [[[0.12, 0, 0, 0], [0, 0, 0, 0.16]], [[0, -0.2, 0, 0], [0, 0, 0, 0]]]
    np.testing.assert_allclose(worst_case_perturbation(gradient, 0.1).numpy(), np.array(expected), rtol=1e-6)


def test_a_zero_gradient_moves_nothing() -> None:
    assert not worst_case_perturbation(tf.zeros([2, 3, 4]), 0.1).numpy().any()


def test_the_norm_is_clamped() -> None:
    # ||g|| = 5e-7 counts as 1e-6: eta = 0.1 * 2 * g / 1e-6.
    gradient = tf.constant([[[3e-7, 0, 0, 4e-7]]])
    np.testing.assert_allclose(
        worst_case_perturbation(gradient, 0.1).numpy(), [[[0.06, 0, 0, 0.08]]], rtol=1e-6
    )


def test_no_gradient_flows_through() -> None:
    gradient = tf.constant([[[3.0, 4.0]]])
    with tf.GradientTape() as tape:
        tape.watch(gradient)
        # (g1 + 2 g2) / ||g|| grows with g2: by (2 * 25 - 4 * 11) / 125.
        total = tf.reduce_sum(worst_case_perturbation(gradient, 0.1) * [1.0, 2.0])
    assert tape.gradient(total, gradient) is None


def test_the_adversarial_loss_takes_it_for_a_constant() -> None:
    # With w = (3, 4) and the loss (w + eta(w)) . (1, 2), the gradient is (1, 2): nothing comes from eta.
    weights = tf.constant([[[3.0, 4.0]]])
    with tf.GradientTape() as tape:
        tape.watch(weights)
        loss = tf.reduce_sum((weights + worst_case_perturbation(weights, 0.1)) * [1.0, 2.0])
    np.testing.assert_allclose(tape.gradient(loss, weights).numpy(), [[[1.0, 2.0]]])


def test_the_same_in_a_graph() -> None:
    gradient = tf.constant(np.random.default_rng(0).normal(size=(2, 3, 4)), tf.float32)
    in_graph = tf.function(lambda g: worst_case_perturbation(g, 0.01))(gradient)
    np.testing.assert_allclose(in_graph.numpy(), worst_case_perturbation(gradient, 0.01).numpy(), rtol=1e-6)


@pytest.mark.parametrize("ner_loss", ["crf", "softmax"])
def test_its_direction_is_the_steepest_ascent_of_the_joint_loss(
    make_model: Callable[..., JointModel], make_batch: Callable[..., dict[str, tf.Tensor]], ner_loss: str
) -> None:
    model, batch = make_model(ner_loss=ner_loss), make_batch([6])
    tokens = model.embed(batch)
    with tf.GradientTape() as tape:
        tape.watch(tokens)
        loss = model.losses(tokens, batch)
    gradient = tape.gradient(loss, tokens)

    def slope(direction: np.ndarray) -> float:
        """The joint loss's, by central differences."""
        step = tf.constant(0.02 * direction / np.sqrt((direction**2).sum()), tf.float32)
        return float(model.losses(tokens + step, batch) - model.losses(tokens - step, batch)) / 0.04

    along_eta = slope(worst_case_perturbation(gradient, 0.01).numpy())
    assert along_eta == pytest.approx(float(tf.norm(gradient)), rel=1e-2)
    random = np.random.default_rng(1)
    others = [slope(random.normal(size=tokens.shape)) for _ in range(10)]
    assert max(others) < along_eta
