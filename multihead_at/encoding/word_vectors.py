"""Word vectors, as they came."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np


class WordVectors:
    """Words and their vectors, in the order of the file they came from.

    Args:
        words: the words, all different, `[words]`.
        matrix: float32 `[words, dim]`; memory-mapped where it came from the cache.
        name: what results call these vectors.
        sha256: checksum of the file they came from, in hexadecimal.

    Raises:
        ValueError: there are not as many vectors as words.
    """

    def __init__(self, words: Sequence[str], matrix: np.ndarray, *, name: str, sha256: str) -> None:
        if matrix.ndim != 2 or len(words) != matrix.shape[0]:
            raise ValueError(f"expected a matrix [{len(words)}, dim]. Received: shape {matrix.shape}")
        self.words = words
        self.matrix = matrix
        self.name = name
        self.sha256 = sha256

    @property
    def dim(self) -> int:
        """Width of a vector."""
        return int(self.matrix.shape[1])

    def row(self, word: str) -> int | None:
        """The word's row of `matrix`, or None where this very form has no vector."""
        return self._rows.get(word)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def _rows(self) -> dict[str, int]:
        # Built when first asked for: a run that only reads the matrix need not pay for it.
        return {word: row for row, word in enumerate(self.words)}
