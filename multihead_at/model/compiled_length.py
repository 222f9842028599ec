"""The lengths that XLA compiles for."""

from __future__ import annotations

import tensorflow as tf

_MULTIPLE = 32
_LONG = 128
_MULTIPLE_IF_LONG = 256


def missing_places(length: tf.Tensor) -> tf.Tensor:
    """Returns how many places a sequence is padded by before XLA sees it; int32, as `length`.

    XLA compiles anew for each length that it meets, which takes CPU time and memory that is kept. Padding is
    cheap, as the loops run over the real length only.
    """
    return -length % tf.where(length <= _LONG, _MULTIPLE, _MULTIPLE_IF_LONG)
