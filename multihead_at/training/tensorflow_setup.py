"""TensorFlow's settings of the process, before its first operation."""

from __future__ import annotations

import ctypes
import functools
import os
import sys
import tempfile

import tensorflow as tf

from multihead_at.model.device import on_gpu

# XLA's first compilation tells that it has happened, through a log that no setting reaches.
_NOTICES = (b"All log messages before absl::InitializeLog()", b"Compiled cluster using XLA!")


# glibc's M_MMAP_THRESHOLD, and the bytes from which a buffer is mapped on its own. A sentence's, and those of
# a batch of sentences, are smaller: to map them each time would cost more than it saves.
_MAPPED_FROM = (-3, 2**21)


def prepare_tensorflow(threads: int) -> None:
    """Sets the threads and how memory is given back, and gets XLA's notice of its first compilation away.

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
    _give_back_large_buffers()
    if os.environ.get("TF_CPP_MIN_LOG_LEVEL") == "3" and not on_gpu():
        _compile_without_notice()


def _give_back_large_buffers() -> None:
    """Has glibc map a long document's buffers one by one, so that each is given back when it is free.

    By itself glibc takes them from the heap as soon as it has freed some, and between them holes stay: the
    peak is up to half as high again. Elsewhere than in glibc nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None and "MALLOC_MMAP_THRESHOLD_" not in os.environ:
        mallopt(*_MAPPED_FROM)


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
