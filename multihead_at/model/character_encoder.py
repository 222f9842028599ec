"""Words from their characters: character embeddings and a BiLSTM's last states."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from multihead_at.model.bilstm_choice import make_bilstm
from multihead_at.model.initializers import glorot


class CharacterEncoder(tf.keras.layers.Layer):
    """The paper's character representation of a word (section 3.1).

    Args:
        characters: size of the character vocabulary.
        embedding_size: width of a character's embedding.
        hidden_size: width of each direction of the BiLSTM.
        seed: the run's seed.
    """

    def __init__(
        self, characters: int, embedding_size: int, hidden_size: int, *, seed: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.characters = characters
        self.embedding_size = embedding_size
        self.hidden_size = hidden_size
        self.seed = seed
        self.bilstm = make_bilstm(hidden_size, seed=seed, name="characters_bilstm")

    def build(self, input_shape: tf.TensorShape) -> None:
        self.embeddings = self.add_weight(
            name="character_embeddings",
            shape=[self.characters, self.embedding_size],
            initializer=glorot(self.seed, "character_embeddings"),
        )
        self.bilstm.build(tf.TensorShape([None, None, self.embedding_size]))
        super().build(input_shape)

    def call(self, characters: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
        """Returns the last state forward and the last backward, `[words, 2 * hidden_size]`.

        A word without characters gets zeros.

        Args:
            characters: int32 `[words, chars]`.
            lengths: int32 `[words]`.
        """
        embedded = tf.gather(tf.convert_to_tensor(self.embeddings), characters)
        return self.bilstm.last_states(embedded, lengths)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "characters": self.characters,
            "embedding_size": self.embedding_size,
            "hidden_size": self.hidden_size,
            "seed": self.seed,
        }
