"""TensorFlow's settings of the process, before its first operation."""

from __future__ import annotations

import tensorflow as tf


def set_threads(threads: int) -> None:
    """Gives each of TensorFlow's two pools so many threads; nothing changes once TensorFlow has begun to compute."""
    try:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    except RuntimeError:
        return
