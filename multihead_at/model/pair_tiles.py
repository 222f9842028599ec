"""The pairs (token, head) of a batch, cut into tiles so that no array over all pairs is ever held."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

# A tile's hidden layer of 64 units is then at most 1 MB: it stays in a core's cache.
PAIRS_PER_TILE = 4096


class PairTiles(NamedTuple):
    """Tiles in order: some rows (tokens) of one sentence, by all of its heads. Padding is in no tile.

    Attributes:
        sentence: int32 `[tiles]`, the sentence's place in the batch.
        first: int32 `[tiles]`, the first token.
        rows: int32 `[tiles]`, the number of tokens.
        length: int32 `[tiles]`, the sentence's length, which is the number of heads.
    """

    sentence: tf.Tensor
    first: tf.Tensor
    rows: tf.Tensor
    length: tf.Tensor

    @property
    def count(self) -> tf.Tensor:
        """Number of tiles, int32 scalar."""
        return tf.shape(self.sentence)[0]

    def at(self, t: tf.Tensor) -> PairTiles:
        """The t-th tile; its fields are scalars."""
        return PairTiles(*(field[t] for field in self))


def cut_pairs(lengths: tf.Tensor, pairs_per_tile: int = PAIRS_PER_TILE) -> PairTiles:
    """Cuts the pairs of sentences of the given lengths.

    Args:
        lengths: int32 `[batch]`; a sentence of length 0 has no tile.
        pairs_per_tile: the most pairs in a tile of more than one row.
    """
    rows = tf.maximum(pairs_per_tile // tf.maximum(lengths, 1), 1)
    tiles = (lengths + rows - 1) // rows
    sentence = tf.repeat(tf.range(tf.shape(lengths)[0]), tiles)
    number = tf.range(tf.shape(sentence)[0]) - tf.gather(tf.cumsum(tiles, exclusive=True), sentence)
    length, rows = tf.gather(lengths, sentence), tf.gather(rows, sentence)
    first = number * rows
    return PairTiles(sentence, first, tf.minimum(rows, length - first), length)
