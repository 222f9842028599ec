"""The original's four optimizers with TensorFlow 1's defaults."""

from __future__ import annotations

import tensorflow as tf


def make_optimizer(name: str, learning_rate: float) -> tf.keras.optimizers.legacy.Optimizer:
    """Returns the optimizer that the original's setting `optimizer` names.

    TensorFlow 1 has Adam's epsilon at 1e-8 (Keras: 1e-7), starts Adagrad's accumulator at 0.1 without an
    epsilon, and has Adadelta at rho 0.95, epsilon 1e-8. The legacy classes update each weight by one fused
    kernel.

    Raises:
        ValueError: unknown name.
    """
    legacy = tf.keras.optimizers.legacy
    if name == "Adam":
        return legacy.Adam(learning_rate, epsilon=1e-8)
    if name == "Adagrad":
        return legacy.Adagrad(learning_rate, initial_accumulator_value=0.1, epsilon=0.0)
    if name == "AdadeltaOptimizer":
        return legacy.Adadelta(learning_rate, rho=0.95, epsilon=1e-8)
    if name == "GradientDescentOptimizer":
        return legacy.SGD(learning_rate)
    raise ValueError(f"Expected an optimizer of the original. Received: {name!r}")
