"""The original's four optimizers with TensorFlow 1's defaults, and schedules of the learning rate."""

from __future__ import annotations

from typing import Union

import tensorflow as tf

LearningRate = Union[float, tf.keras.optimizers.schedules.LearningRateSchedule]


def make_optimizer(
    name: str, learning_rate: LearningRate, *, adam_beta2: float = 0.999
) -> tf.keras.optimizers.legacy.Optimizer:
    """Returns the optimizer that the original's setting `optimizer` names.

    TensorFlow 1 has Adam's epsilon at 1e-8 (Keras: 1e-7), starts Adagrad's accumulator at 0.1 without an
    epsilon, and has Adadelta at rho 0.95, epsilon 1e-8. The legacy classes update each weight by one fused
    kernel.

    Raises:
        ValueError: unknown name.
    """
    legacy = tf.keras.optimizers.legacy
    if name == "Adam":
        return legacy.Adam(learning_rate, beta_2=adam_beta2, epsilon=1e-8)
    if name == "Adagrad":
        optimizer = legacy.Adagrad(learning_rate, initial_accumulator_value=0.1)
        # Keras takes a 0 in the constructor for none given, and puts 1e-7 there.
        optimizer.epsilon = 0.0
        return optimizer
    if name == "AdadeltaOptimizer":
        return legacy.Adadelta(learning_rate, rho=0.95, epsilon=1e-8)
    if name == "GradientDescentOptimizer":
        return legacy.SGD(learning_rate)
    raise ValueError(f"Expected an optimizer of the original. Received: {name!r}")


def learning_rate(schedule: str, rate: float, steps: int) -> LearningRate:
    """Returns the rate, or how it falls from there to 0.

    Args:
        schedule: `constant`, as in the original, `linear` or `cosine`.
        rate: at the first step.
        steps: after how many it is 0.

    Raises:
        ValueError: unknown schedule.
    """
    schedules = tf.keras.optimizers.schedules
    if schedule == "constant":
        return rate
    if schedule == "linear":
        return schedules.PolynomialDecay(rate, steps, end_learning_rate=0.0)
    if schedule == "cosine":
        return schedules.CosineDecay(rate, steps)
    raise ValueError(f"Expected constant, linear or cosine. Received: {schedule!r}")
