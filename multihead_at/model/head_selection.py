"""Relations as multi-label head selection (the paper's section 3.1)."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from multihead_at.model.dropout_source import DropoutSource
from multihead_at.model.head_selection_loss import HiddenMask, head_selection_loss, pair_hidden
from multihead_at.model.initializers import glorot
from multihead_at.model.pair_tiles import cut_pairs
from multihead_at.model.per_token import per_token


class HeadSelection(tf.keras.layers.Layer):
    """score(head j, token i, relation k) = v_k . f(U z_i + W z_j + b); one sigmoid for every (i, j, k).

    Args:
        relations: number of relations, `N` among them.
        hidden_size: width of the hidden layer.
        activation: "tanh" or "relu".
        keep: probability that a hidden unit is kept; it is dropped twice, by independent masks, as in the
            original.
        place: the first of the two dropouts' places (see `DropoutSource`).
        seed: the run's seed.
    """

    def __init__(
        self,
        relations: int,
        hidden_size: int,
        *,
        activation: str = "tanh",
        keep: float = 1.0,
        place: int = 0,
        seed: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.relations = relations
        self.hidden_size = hidden_size
        self.activation = activation
        self.keep = keep
        self.place = place
        self.seed = seed

    def build(self, input_shape: tf.TensorShape) -> None:
        def weight(name: str, shape: list[int]) -> tf.Variable:
            return self.add_weight(
                name=name, shape=shape, initializer=glorot(self.seed, f"head_selection/{name}")
            )

        self.u = weight("u", [input_shape[-1], self.hidden_size])
        self.w = weight("w", [input_shape[-1], self.hidden_size])
        self.v = weight("v", [self.hidden_size, self.relations])
        self.b = weight("b", [self.hidden_size])
        super().build(input_shape)

    def call(self, states: tf.Tensor) -> tf.Tensor:
        """Returns all logits, dense: for short texts and for checking.

        Args:
            states: `[batch, length, dim]`.

        Returns:
            `[batch, length, length, relations]`: token, head, relation.
        """
        token_part, head_part = self._parts(states)
        activation = getattr(tf.nn, self.activation)
        hidden = activation(token_part[:, :, tf.newaxis] + head_part[:, tf.newaxis])
        return tf.einsum("bijh,hk->bijk", hidden, tf.convert_to_tensor(self.v))

    def loss(
        self,
        states: tf.Tensor,
        relations: tf.Tensor,
        lengths: tf.Tensor,
        dropout: DropoutSource | None = None,
    ) -> tf.Tensor:
        """Returns the loss summed over the batch (see `head_selection_loss`), a scalar.

        Args:
            states: `[batch, length, dim]`.
            relations: int32 `[n, 4]`, the gold (sentence, token, head, relation).
            lengths: int32 `[batch]`.
            dropout: the pass's masks; None outside training.
        """
        return head_selection_loss(
            *self._parts(states),
            tf.convert_to_tensor(self.v),
            relations,
            lengths,
            self.activation,
            self._hidden_mask(dropout),
        )

    def select(self, states: tf.Tensor, lengths: tf.Tensor, threshold: float) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns what is predicted.

        Args:
            states: `[batch, length, dim]`.
            lengths: int32 `[batch]`.
            threshold: a relation is predicted where its probability is higher.

        Returns:
            int32 `[n, 4]` (sentence, token, head, relation), in order, and probabilities `[n]`.
        """
        token_part, head_part = self._parts(states)
        tiles = cut_pairs(lengths)
        v = tf.convert_to_tensor(self.v)

        def step(
            t: tf.Tensor, found: tf.TensorArray, probabilities: tf.TensorArray
        ) -> tuple[tf.Tensor, tf.TensorArray, tf.TensorArray]:
            tile = tiles.at(t)
            hidden = pair_hidden(tile, token_part, head_part, self.activation)
            logits = tf.matmul(tf.reshape(hidden, [-1, self.hidden_size]), v)
            scores = tf.sigmoid(tf.reshape(logits, tf.stack([tile.rows, tile.length, self.relations])))
            places = tf.where(scores > threshold)
            triples = tf.cast(places, tf.int32) + tf.stack([tile.first, 0, 0])
            sentence = tf.fill([tf.shape(places)[0], 1], tile.sentence)
            return (
                t + 1,
                found.write(t, tf.concat([sentence, triples], 1)),
                probabilities.write(t, tf.gather_nd(scores, places)),
            )

        arrays = [
            tf.TensorArray(dtype, tiles.count, infer_shape=False, element_shape=shape)
            for dtype, shape in ((tf.int32, [None, 4]), (tf.float32, [None]))
        ]
        _, found, probabilities = tf.while_loop(
            lambda t, *_: t < tiles.count, step, (0, *arrays), parallel_iterations=1
        )
        return found.concat(), probabilities.concat()

    def best_arcs(self, states: tf.Tensor, lengths: tf.Tensor, left_out: int) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the best relation of every token and head, whatever its score.

        Args:
            states: `[batch, length, dim]`.
            lengths: int32 `[batch]`.
            left_out: a relation that is not asked for; -1 for none.

        Returns:
            Scores (before the sigmoid) and relations, int32, of each sentence's (token, head), row by row and
            sentence behind sentence: both `[sum of length * length]`.
        """
        token_part, head_part = self._parts(states)
        tiles = cut_pairs(lengths)
        v = tf.convert_to_tensor(self.v)
        barred = tf.one_hot(left_out, self.relations, on_value=v.dtype.min, off_value=0.0)

        def step(
            t: tf.Tensor, scores: tf.TensorArray, relations: tf.TensorArray
        ) -> tuple[tf.Tensor, tf.TensorArray, tf.TensorArray]:
            hidden = pair_hidden(tiles.at(t), token_part, head_part, self.activation)
            logits = tf.matmul(tf.reshape(hidden, [-1, self.hidden_size]), v) + barred
            best = tf.argmax(logits, 1, tf.int32)
            return t + 1, scores.write(t, tf.reduce_max(logits, 1)), relations.write(t, best)

        arrays = [
            tf.TensorArray(dtype, tiles.count, infer_shape=False, element_shape=[None])
            for dtype in (tf.float32, tf.int32)
        ]
        _, scores, relations = tf.while_loop(
            lambda t, *_: t < tiles.count, step, (0, *arrays), parallel_iterations=1
        )
        return scores.concat(), relations.concat()

    def _parts(self, states: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return per_token(states, self.u) + self.b, per_token(states, self.w)

    def _hidden_mask(self, dropout: DropoutSource | None) -> HiddenMask | None:
        if dropout is None or self.keep == 1.0:
            return None
        source, keep, place = dropout, self.keep, self.place

        def mask(shape: tf.Tensor, tile: tf.Tensor) -> tf.Tensor:
            first = source.mask(shape, keep, place, block=tile)
            return first * source.mask(shape, keep, place + 1, block=tile)

        return mask

    def get_config(self) -> dict[str, Any]:
        names = ("relations", "hidden_size", "activation", "keep", "place", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
