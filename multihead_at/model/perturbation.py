"""The worst-case perturbation of adversarial training (the paper's section 3.2)."""

from __future__ import annotations

import math

import tensorflow as tf

SMALLEST_NORM = 1e-6


def worst_case_perturbation(gradient: tf.Tensor, alpha: float) -> tf.Tensor:
    """eta = alpha * sqrt(D) * g / ||g||, sentence by sentence; no gradient flows through it.

    The approximation by which the paper solves its equation 2.

    Args:
        gradient: `[batch, length, dim]`, g: the gradient of the clean loss with respect to the concatenated
            word and character embeddings, before dropout. Zero at padding.
        alpha: the scale; D is `dim`.

    Returns:
        `[batch, length, dim]`. The norm runs over all tokens and all components of a sentence, and is clamped
        below at 1e-6 as in the original: a zero gradient gives a zero perturbation.
    """
    norm = tf.sqrt(tf.reduce_sum(tf.square(gradient), axis=[1, 2], keepdims=True))
    scale = alpha * math.sqrt(gradient.shape[-1])
    return tf.stop_gradient(scale * gradient / tf.maximum(norm, SMALLEST_NORM))
