"""Tag sequences with a linear-chain CRF (the paper's NER setting)."""

from __future__ import annotations

from typing import Any

import tensorflow as tf
import tensorflow_addons as tfa

from multihead_at.model.crf_loss import crf_negative_log_likelihood
from multihead_at.model.initializers import glorot
from multihead_at.model.viterbi import viterbi


class CrfTagging(tf.keras.layers.Layer):
    """TFA's CRF set up as the original's: a transition matrix only, no start or end energies, no kernel.

    The layer holds the transitions. Decoding, and the loss of a step of one sentence, are ours and give the
    same as TFA's.

    Args:
        tags: number of tags.
        seed: the run's seed.
    """

    def __init__(self, tags: int, *, seed: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tags = tags
        self.seed = seed
        self.crf = tfa.layers.CRF(
            tags,
            chain_initializer=glorot(seed, "transitions"),
            use_boundary=False,
            use_kernel=False,
            name="crf",
        )

    @property
    def transitions(self) -> tf.Tensor:
        """`[tags, tags]`, from row to column."""
        return tf.convert_to_tensor(self.crf.chain_kernel)

    def loss(self, scores: tf.Tensor, tag_ids: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns minus the log-likelihood of each sentence, `[batch]`; ours is the cheaper for one alone.

        Args:
            scores: `[batch, length, tags]`.
            tag_ids: int32 `[batch, length]`.
            lengths: int32 `[batch]`.
        """
        if scores.shape[0] == 1:
            return crf_negative_log_likelihood(scores, tag_ids, lengths, self.transitions)
        likelihood, _ = tfa.text.crf_log_likelihood(scores, tag_ids, lengths, self.transitions)
        return -likelihood

    def decode(self, scores: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns the best tag sequence by Viterbi, int32 `[batch, length]`; meaningless at padding.

        Args:
            scores: `[batch, length, tags]`.
            lengths: int32 `[batch]`.
        """
        return viterbi(scores, tf.convert_to_tensor(self.transitions), lengths)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "tags": self.tags, "seed": self.seed}
