"""Tokens and where they stand."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf


class PlacedTokens(NamedTuple):
    """Tokens and their places in the text.

    Attributes:
        tokens: `[batch, length]`, `""` at padding.
        starts: int32 `[batch, length]`, the first character.
        ends: int32 `[batch, length]`, the character after the last.
    """

    tokens: tf.Tensor
    starts: tf.Tensor
    ends: tf.Tensor
