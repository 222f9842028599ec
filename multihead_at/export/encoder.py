"""Tokens to integers, in a graph."""

from __future__ import annotations

from typing import Callable

import tensorflow as tf

from multihead_at.encoding import Vocabulary


class Encoder:
    """Makes of tokens what `multihead_at.encoding.make_batch` makes of documents.

    Args:
        characters: those that the model knows; others are skipped.
        word_rows: from words `[words]` to their rows of the word table, int32 `[words]`.
    """

    def __init__(self, characters: Vocabulary, word_rows: Callable[[tf.Tensor], tf.Tensor]) -> None:
        # A vocabulary is sorted as Python sorts, which for single characters is by code point. The last one
        # is none, so that there is always one.
        self._codes = [*map(ord, characters), 0x110000]
        self._word_rows = word_rows

    def encode(self, tokens: tf.Tensor, lengths: tf.Tensor) -> dict[str, tf.Tensor]:
        """Encodes a batch.

        Args:
            tokens: `[batch, length]`, UTF-8.
            lengths: int32 `[batch]`.

        Returns:
            The model's input: see `multihead_at.encoding.Batch`. The first distinct word is an empty one, so
            that a batch without tokens has one, too.
        """
        every = tf.concat([[""], tf.reshape(tokens, [-1])], 0)
        words, places = tf.unique(every)
        characters, character_lengths = self._characters(words)
        return {
            "word_ids": self._word_rows(words),
            "characters": characters,
            "character_lengths": character_lengths,
            "word_index": tf.reshape(places[1:], tf.shape(tokens)),
            "lengths": lengths,
        }

    def _characters(self, words: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        codes = tf.strings.unicode_decode(words, "UTF-8")
        places = tf.searchsorted(self._codes, codes.flat_values)
        is_known = tf.equal(tf.gather(self._codes, places), codes.flat_values)
        known = tf.ragged.boolean_mask(codes.with_flat_values(places), codes.with_flat_values(is_known))
        padded = known.to_tensor()
        width = tf.shape(padded)[1]
        padded = tf.pad(padded, [[0, 0], [0, tf.maximum(1 - width, 0)]])
        return padded, tf.cast(known.row_lengths(), tf.int32)
