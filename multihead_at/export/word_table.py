"""The way from a word to its vector, in a graph."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from multihead_at.encoding import UNKNOWN_ROW, WordVectors
from multihead_at.errors import InputError
from multihead_at.export.word_lookup import second_form

_FIRST_WORD_ROW = UNKNOWN_ROW + 1
_BUCKETS = 2**63 - 1


class WordTable(tf.Module):
    """All words that have a vector, sorted by a hash of theirs.

    Searching among sorted hashes needs no table in memory to be filled when the model is loaded. The word
    that is found is compared with the one that was looked for.

    Args:
        vectors: the word vectors.
        special_rows: float32 `[2, dim]`, the vectors of `<empty>` and `<unk>`.

    Raises:
        InputError: two words have the same hash, which among a million words happens once in ten million
            times.
    """

    def __init__(self, vectors: WordVectors, special_rows: np.ndarray) -> None:
        super().__init__()
        words = np.array([word.encode() for word in vectors.words], object)
        hashes = _hash(tf.constant(words, tf.string, [len(words)])).numpy()
        order = np.argsort(hashes)
        hashes = hashes[order]
        if np.any(hashes[1:] == hashes[:-1]):
            raise InputError(f"word vectors {vectors.name}: two words received that have the same hash")
        self.hashes = tf.Variable(hashes, trainable=False, name="word_hashes")
        self.words = tf.Variable(tf.constant(words[order]), trainable=False, name="words")
        matrix = np.empty((_FIRST_WORD_ROW + len(words), vectors.dim), np.float32)
        matrix[:_FIRST_WORD_ROW] = special_rows
        np.take(vectors.matrix, order, axis=0, out=matrix[_FIRST_WORD_ROW:])
        self._matrix = matrix

    @property
    def matrix(self) -> np.ndarray:
        """The vectors, float32 `[words + 2, dim]`, in the layout of `multihead_at.encoding.WordTable`."""
        return self._matrix

    def rows(self, words: tf.Tensor) -> tf.Tensor:
        """The words' rows of the matrix, int32 `[words]`; that of `<unk>` where none is found."""
        exact = self._find(words)
        return tf.where(tf.equal(exact, UNKNOWN_ROW), self._find(second_form(words)), exact)

    def _find(self, words: tf.Tensor) -> tf.Tensor:
        places = tf.searchsorted(self.hashes, _hash(words))
        places = tf.minimum(places, tf.shape(self.hashes)[0] - 1)
        return tf.where(tf.equal(tf.gather(self.words, places), words), places + _FIRST_WORD_ROW, UNKNOWN_ROW)


def _hash(words: tf.Tensor) -> tf.Tensor:
    return tf.strings.to_hash_bucket_fast(words, _BUCKETS)
