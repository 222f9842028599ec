"""Word vectors on their way from a file, a few thousand at a time: no file need fit into memory twice."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

VALUES_A_BLOCK = 2**20
"""How many numbers readers put into a block, about: 4 MB."""


class VectorBlock(NamedTuple):
    """Some words and their vectors.

    Attributes:
        words: `[words]`.
        rows: float32 `[words, dim]`.
    """

    words: list[str]
    rows: np.ndarray


def first_not_finite(rows: np.ndarray) -> int | None:
    """The first row of `[words, dim]` that holds NaN or infinity, or None."""
    finite = np.isfinite(rows).all(axis=1)
    return None if finite.all() else int(np.argmin(finite))


def without_repeats(blocks: Iterable[VectorBlock], path: str | os.PathLike[str]) -> Iterator[VectorBlock]:
    """Drops words that came before; the first vector counts, as with gensim.

    Args:
        blocks: as a reader gives them.
        path: their file, for the warning at the end.
    """
    known: set[str] = set()
    repeats = 0
    for block in blocks:
        fresh = []
        for place, word in enumerate(block.words):
            if word not in known:
                known.add(word)
                fresh.append(place)
        if len(fresh) < len(block.words):
            repeats += len(block.words) - len(fresh)
            block = VectorBlock([block.words[place] for place in fresh], block.rows[fresh])
        if fresh:
            yield block
    if repeats:
        message = f"{os.fspath(path)}: {repeats} repeated words, the first vector of each is used"
        warnings.warn(message, stacklevel=2)
