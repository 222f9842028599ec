"""Scores of entity tags: V f(U h + b) + c (the original's NER layer)."""

from __future__ import annotations

from typing import Any, Callable

import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.initializers import glorot
from multihead_at.model.per_token import per_token


class TagScorer(tf.keras.layers.Layer):
    """One hidden layer from a token's state to a score for each tag.

    Args:
        tags: number of tags.
        hidden_size: width of the hidden layer.
        activation: "tanh" or "relu".
        keep: probability that a hidden unit is kept.
        place: the dropout's place (see `DropoutSource`).
        seed: the run's seed.
    """

    def __init__(
        self,
        tags: int,
        hidden_size: int,
        *,
        activation: str = "tanh",
        keep: float = 1.0,
        place: int = 0,
        seed: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.tags = tags
        self.hidden_size = hidden_size
        self.activation = activation
        self.keep = keep
        self.place = place
        self.seed = seed

    def build(self, input_shape: tf.TensorShape) -> None:
        def weight(name: str, shape: list[int]) -> tf.Variable:
            return self.add_weight(name=name, shape=shape, initializer=glorot(self.seed, f"tags/{name}"))

        self.u = weight("u", [input_shape[-1], self.hidden_size])
        self.v = weight("v", [self.hidden_size, self.tags])
        self.b = weight("b", [self.hidden_size])
        self.c = weight("c", [self.tags])
        super().build(input_shape)

    def call(self, states: tf.Tensor, dropout: DropoutSource | None = None) -> tf.Tensor:
        """Returns `[batch, length, tags]`.

        Args:
            states: `[batch, length, dim]`.
            dropout: the pass's masks; None outside training.
        """
        activation: Callable[[tf.Tensor], tf.Tensor] = getattr(tf.nn, self.activation)
        hidden = activation(per_token(states, self.u) + self.b)
        if dropout is not None:
            hidden = dropout.drop(hidden, self.keep, self.place)
        return per_token(hidden, self.v) + self.c

    def get_config(self) -> dict[str, Any]:
        names = ("tags", "hidden_size", "activation", "keep", "place", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
