"""TensorFlow's settings of the process, before its first operation."""

from __future__ import annotations

import functools
import os
import tempfile

import tensorflow as tf

from multihead_at.model.device import on_gpu

# XLA's first compilation tells that it has happened, through a log that no setting reaches.
_NOTICES = (b"All log messages before absl::InitializeLog()", b"Compiled cluster using XLA!")


def prepare_tensorflow(threads: int) -> None:
    """Sets the threads, and gets XLA's notice of its first compilation out of the way.

    The threads stay what they are once TensorFlow has begun to compute. The notice stays where the user wants
    TensorFlow's log, that is where `TF_CPP_MIN_LOG_LEVEL` is not 3.

    Args:
        threads: for each of TensorFlow's two pools.
    """
    try:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    except RuntimeError:
        pass  # Not at the first model of a process.
    if os.environ.get("TF_CPP_MIN_LOG_LEVEL") == "3" and not on_gpu():
        _compile_without_notice()


@functools.cache
def _compile_without_notice() -> None:
    """Compiles next to nothing with the error stream in a file; all but the notices is then passed on."""
    error_stream = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            tf.function(tf.negative, jit_compile=True)(tf.constant(0.0))
        finally:
            os.dup2(error_stream, 2)
            os.close(error_stream)
            caught.seek(0)
            for line in caught:
                if not any(notice in line for notice in _NOTICES):
                    os.write(2, line)
