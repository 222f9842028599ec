"""Tags decided token by token (the paper's EC setting)."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


class SoftmaxTagging(tf.keras.layers.Layer):
    """Per-token cross-entropy and arg-max decoding; no weights.

    Args:
        tags: number of tags.
    """

    def __init__(self, tags: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tags = tags

    def loss(self, scores: tf.Tensor, tag_ids: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns the cross-entropy summed over each sentence's tokens, `[batch]`.

        Args:
            scores: `[batch, length, tags]`.
            tag_ids: int32 `[batch, length]`.
            lengths: int32 `[batch]`.
        """
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tag_ids, logits=scores)
        return tf.reduce_sum(losses * tf.sequence_mask(lengths, tf.shape(scores)[1], losses.dtype), 1)

    def decode(self, scores: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns each token's best tag, int32 `[batch, length]`; meaningless at padding.

        Args:
            scores: `[batch, length, tags]`.
            lengths: int32 `[batch]`; not needed.
        """
        return tf.argmax(scores, axis=-1, output_type=tf.int32)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "tags": self.tags}
