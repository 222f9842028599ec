"""Glorot-uniform weights that depend on seed and name only, not on the order in which layers are made."""

from __future__ import annotations

import zlib

import tensorflow as tf


def glorot(seed: int, name: str) -> tf.keras.initializers.Initializer:
    """Glorot-uniform, for biases too, as the original's `tf.get_variable` draws them by default.

    Args:
        seed: the run's seed.
        name: the weight's name; weights of different names get independent values.
    """
    return tf.keras.initializers.GlorotUniform(seed=zlib.crc32(f"{seed}/{name}".encode()))
