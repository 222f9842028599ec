"""The head selection's loss and its gradients in one pass over tiles of pairs, in flat memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

import tensorflow as tf

from multihead_at.model.pair_tiles import PairTiles, cut_pairs

HiddenMask = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def head_selection_loss(
    token_part: tf.Tensor,
    head_part: tf.Tensor,
    v: tf.Tensor,
    relations: tf.Tensor,
    lengths: tf.Tensor,
    activation: str,
    hidden_mask: HiddenMask | None = None,
) -> tf.Tensor:
    """Sigmoid cross-entropy summed over every (token, head, relation), as the original has it.

    The paper's equation 1 writes the terms of the gold heads; all others count as negatives.

    The gradients are computed along with the loss, tile by tile, so that nothing of size length x length is
    kept.

    Args:
        token_part: `[batch, length, hidden]`, U z_i + b.
        head_part: `[batch, length, hidden]`, W z_j.
        v: `[hidden, relations]`.
        relations: int32 `[n, 4]`, the gold (sentence, token, head, relation), without duplicates.
        lengths: int32 `[batch]`.
        activation: "tanh" or "relu".
        hidden_mask: gives a tile's dropout mask from (shape, tile number); None for no dropout.

    Returns:
        Scalar.
    """
    tiles = cut_pairs(lengths)

    @tf.custom_gradient
    def run(
        token_part: tf.Tensor, head_part: tf.Tensor, v: tf.Tensor
    ) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, ...]]]:
        def step(t: tf.Tensor, loss: tf.Tensor, *sums: tf.Tensor) -> tuple[tf.Tensor, ...]:
            tile = tiles.at(t)
            mask = None
            if hidden_mask is not None:
                mask = hidden_mask(tf.stack([tile.rows, tile.length, v.shape[0]]), t)
            tile_loss, gradients = _tile(tile, token_part, head_part, v, relations, activation, mask)
            return (t + 1, loss + tile_loss, *_add(tile, tf.shape(token_part)[1], sums, gradients))

        flat = [tf.zeros_like(tf.reshape(part, [-1, v.shape[0]])) for part in (token_part, head_part)]
        start = (0, tf.zeros([], v.dtype), *flat, tf.zeros_like(v))
        _, loss, *sums = tf.while_loop(lambda t, *_: t < tiles.count, step, start, parallel_iterations=1)
        parts = [tf.reshape(total, tf.shape(token_part)) for total in sums[:2]]

        def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, ...]:
            return tuple(upstream * total for total in (*parts, sums[2]))

        return loss, gradient

    return run(token_part, head_part, v)


def _tile(
    tile: PairTiles,
    token_part: tf.Tensor,
    head_part: tf.Tensor,
    v: tf.Tensor,
    relations: tf.Tensor,
    activation: str,
    mask: tf.Tensor | None,
) -> tuple[tf.Tensor, tuple[tf.Tensor, tf.Tensor, tf.Tensor]]:
    """One tile's loss and the gradients of its tokens' part, its heads' part and v."""
    hidden = pair_hidden(tile, token_part, head_part, activation)
    dropped = hidden if mask is None else hidden * mask
    flat = tf.reshape(dropped, [-1, v.shape[0]])
    logits = tf.reshape(tf.matmul(flat, v), tf.stack([tile.rows, tile.length, v.shape[1]]))

    gold = _gold_of_tile(tile, relations)
    loss = tf.reduce_sum(tf.nn.softplus(logits)) - tf.reduce_sum(tf.gather_nd(logits, gold))
    ones = tf.ones(tf.shape(gold)[:1], v.dtype)
    logit_gradient = tf.tensor_scatter_nd_sub(tf.sigmoid(logits), gold, ones)
    logit_gradient = tf.reshape(logit_gradient, [-1, v.shape[1]])

    hidden_gradient = tf.reshape(tf.matmul(logit_gradient, v, transpose_b=True), tf.shape(hidden))
    if mask is not None:
        hidden_gradient *= mask
    slope = 1.0 - tf.square(hidden) if activation == "tanh" else tf.cast(hidden > 0, v.dtype)
    hidden_gradient *= slope
    return loss, (
        tf.reduce_sum(hidden_gradient, 1),
        tf.reduce_sum(hidden_gradient, 0),
        tf.matmul(flat, logit_gradient, transpose_a=True),
    )


def _add(
    tile: PairTiles, padded_length: tf.Tensor, sums: Sequence[tf.Tensor], gradients: Sequence[tf.Tensor]
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Adds a tile's gradients to the totals: tokens and heads `[batch * length, hidden]`, and v's."""
    start = tile.sentence * padded_length
    tokens = tf.range(start + tile.first, start + tile.first + tile.rows)[:, tf.newaxis]
    heads = tf.range(start, start + tile.length)[:, tf.newaxis]
    return (
        tf.tensor_scatter_nd_update(sums[0], tokens, gradients[0]),
        tf.tensor_scatter_nd_add(sums[1], heads, gradients[1]),
        sums[2] + gradients[2],
    )


def pair_hidden(tile: PairTiles, token_part: tf.Tensor, head_part: tf.Tensor, activation: str) -> tf.Tensor:
    """Returns f(U z_i + W z_j + b) for a tile, `[rows, heads, hidden]`."""
    tokens = token_part[tile.sentence, tile.first : tile.first + tile.rows]
    heads = head_part[tile.sentence, : tile.length]
    function: Callable[[tf.Tensor], tf.Tensor] = getattr(tf.nn, activation)
    return function(tokens[:, tf.newaxis] + heads[tf.newaxis])


def _gold_of_tile(tile: PairTiles, relations: tf.Tensor) -> tf.Tensor:
    """Returns the gold (row, head, relation) of a tile, int32 `[n, 3]`."""
    row = relations[:, 1] - tile.first
    inside = (relations[:, 0] == tile.sentence) & (row >= 0) & (row < tile.rows)
    return tf.boolean_mask(tf.stack([row, relations[:, 2], relations[:, 3]], axis=1), inside)
