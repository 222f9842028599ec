"""The four optimizers against TensorFlow 1's formulas."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import tensorflow as tf

from multihead_at.model.optimizers import learning_rate, make_optimizer

# From 0, so that a float holds the smallest step to seven digits.
RATE, START, GRADIENTS = 0.1, 0.0, (0.5, -0.2)


def adam() -> list[float]:
    x, m, v, found = START, 0.0, 0.0, []
    for t, g in enumerate(GRADIENTS, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        x -= RATE * math.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (math.sqrt(v) + 1e-8)
        found.append(x)
    return found


def adagrad() -> list[float]:
    x, accumulator, found = START, 0.1, []
    for g in GRADIENTS:
        accumulator += g * g
        x -= RATE * g / math.sqrt(accumulator)
        found.append(x)
    return found


def adadelta() -> list[float]:
    x, squares, updates, found = START, 0.0, 0.0, []
    for g in GRADIENTS:
        squares = 0.95 * squares + 0.05 * g * g
        update = math.sqrt(updates + 1e-8) / math.sqrt(squares + 1e-8) * g
        updates = 0.95 * updates + 0.05 * update * update
        x -= RATE * update
        found.append(x)
    return found


def gradient_descent() -> list[float]:
    return [START - RATE * 0.5, START - RATE * 0.3]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Adam", adam),
        ("Adagrad", adagrad),
        ("AdadeltaOptimizer", adadelta),
        ("GradientDescentOptimizer", gradient_descent),
    ],
)
def test_two_steps(name: str, expected: Callable[[], list[float]]) -> None:
    weight = tf.Variable(START)
    optimizer = make_optimizer(name, RATE)
    for gradient, value in zip(GRADIENTS, expected()):
        optimizer.apply_gradients([(tf.constant(gradient), weight)])
        assert float(weight) == pytest.approx(value, rel=2e-6)


def test_epsilons_as_in_tensorflow_1() -> None:
    assert make_optimizer("Adagrad", 1.0).epsilon == 0.0
    # With so small a gradient Adam's epsilon is all that counts: 1e-8, where Keras has 1e-7.
    weight = tf.Variable(0.0)
    make_optimizer("Adam", 1.0).apply_gradients([(tf.constant(1e-8), weight)])
    root = math.sqrt(0.001) * 1e-8
    assert float(weight) == pytest.approx(-math.sqrt(0.001) * 1e-8 / (root + 1e-8), rel=1e-4)


def test_an_unknown_name() -> None:
    with pytest.raises(ValueError, match="RMSProp"):
        make_optimizer("RMSProp", 0.1)


@pytest.mark.parametrize(
    ("schedule", "halfway", "three_quarters"),
    [("constant", 0.2, 0.2), ("linear", 0.1, 0.05), ("cosine", 0.1, 0.1 * (1 + math.cos(0.75 * math.pi)))],
)
def test_the_rate_falls_to_nothing_as_its_schedule_says(
    schedule: str, halfway: float, three_quarters: float
) -> None:
    rate = learning_rate(schedule, 0.2, steps=100)
    at = [rate if isinstance(rate, float) else float(rate(step)) for step in (0, 50, 75, 100)]
    end = 0.2 if schedule == "constant" else 0.0
    assert at == pytest.approx([0.2, halfway, three_quarters, end], abs=1e-7)


def test_an_unknown_schedule_is_refused() -> None:
    with pytest.raises(ValueError, match="Received: 'steps'"):
        learning_rate("steps", 0.1, 10)
