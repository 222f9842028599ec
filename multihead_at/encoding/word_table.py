"""The rows of the word vectors that a set of documents needs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from multihead_at.encoding.word_lookup import lookup_forms
from multihead_at.encoding.word_vectors import WordVectors

EMPTY_ROW = 0
UNKNOWN_ROW = 1
_FIRST_WORD_ROW = 2


class WordTable:
    """A small matrix of frozen word vectors, and the way from a token to its row.

    Row 0 is `<empty>` (zeros), row 1 is `<unk>`, then come the vectors of `words` (the original's layout).

    Args:
        words: forms that have a vector, all different, `[words]`.
        matrix: float32 `[words + 2, dim]`.
        coverage: share of the token occurrences it was built for that have a vector.

    Raises:
        ValueError: there are not two rows more than words.
    """

    def __init__(self, words: Sequence[str], matrix: np.ndarray, coverage: float) -> None:
        if matrix.ndim != 2 or matrix.shape[0] != len(words) + _FIRST_WORD_ROW:
            raise ValueError(f"expected a matrix [{len(words)} + 2, dim]. Received: shape {matrix.shape}")
        self.words = tuple(words)
        self.matrix = matrix
        self.coverage = coverage
        self._rows = {word: row for row, word in enumerate(self.words, start=_FIRST_WORD_ROW)}

    @classmethod
    def build(cls, vectors: WordVectors, tokens: Iterable[str], seed: int) -> WordTable:
        """Takes the vectors that tokens need, found by `lookup_forms`.

        Args:
            vectors: the word vectors.
            tokens: every occurrence of every token that will be encoded.
            seed: of `<unk>`, which is uniform in ±1/sqrt(V) for V words in `vectors`.
        """
        counts: dict[str, int] = {}
        for token in tokens:
            counts[token] = counts.get(token, 0) + 1
        found = {token: _find(vectors, token) for token in counts}
        covered = sum(count for token, count in counts.items() if found[token] is not None)
        # In the file's order: memory-mapped rows are then read from front to back.
        source_rows = sorted({row for row in found.values() if row is not None})

        matrix = np.zeros((_FIRST_WORD_ROW + len(source_rows), vectors.dim), dtype=np.float32)
        matrix[UNKNOWN_ROW] = _unknown_vector(vectors, seed)
        matrix[_FIRST_WORD_ROW:] = vectors.matrix[source_rows]
        words = [vectors.words[row] for row in source_rows]
        return cls(words, matrix, covered / max(1, sum(counts.values())))

    def row(self, token: str) -> int:
        """The token's row of `matrix`.

        A token that the table was not built for is looked for among the words it has, by the same rule.
        """
        for form in lookup_forms(token):
            row = self._rows.get(form)
            if row is not None:
                return row
        return UNKNOWN_ROW


def _find(vectors: WordVectors, token: str) -> int | None:
    for form in lookup_forms(token):
        row = vectors.row(form)
        if row is not None:
            return row
    return None


def _unknown_vector(vectors: WordVectors, seed: int) -> np.ndarray:
    bound = 1 / math.sqrt(len(vectors))
    generator = np.random.Generator(np.random.PCG64(seed))
    return generator.uniform(-bound, bound, vectors.dim).astype(np.float32)
