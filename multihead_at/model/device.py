"""What kind of processor the model runs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable

import tensorflow as tf


def on_gpu() -> bool:
    """Whether TensorFlow sees a GPU: kernels that were only ever run on CPUs are then left aside."""
    return bool(tf.config.list_physical_devices("GPU"))


def compiled(run: Callable[..., Any], signature: Sequence[tf.TensorSpec]) -> Callable[..., Any]:
    """A function as a graph that XLA compiles on the CPU.

    Args:
        run: the function.
        signature: of its arguments.
    """
    return tf.function(run, input_signature=signature, jit_compile=not on_gpu(), autograph=False)
