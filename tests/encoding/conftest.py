"""Small documents and word vectors for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from multihead_at.documents import Document, Head
from multihead_at.encoding import WordVectors

WORDS = ("the", "Smith", "visits", "0")
MATRIX = np.arange(12, dtype=np.float32).reshape(4, 3) / 8


@pytest.fixture
def vectors() -> WordVectors:
    """Four words, three numbers each."""
    return WordVectors(list(WORDS), MATRIX.copy(), name="small", sha256="0" * 64)


@pytest.fixture
def document() -> Document:
    """A made-up sentence: two mentions, one relation given twice, one token repeated."""
    return Document(
        "d1",
        ("Smith", "visits", "Ulm", ",", "Smith"),
        ("B-Peop", "O", "B-Loc", "O", "B-Peop"),
        (
            (Head("Live_In", 2), Head("Live_In", 2), Head("Knows", 4)),
            (Head("N", 1),),
            (Head("N", 2),),
            (Head("N", 3),),
            (Head("N", 4),),
        ),
        source="made_up.txt",
        line=10,
    )


@pytest.fixture
def write_text() -> Callable[..., Path]:
    """Writes a text file of word vectors; without `header` as GloVe does."""

    def write(path: Path, words: Sequence[str] = WORDS, matrix: Any = MATRIX, *, header: bool = True) -> Path:
        lines = [f"{len(words)} {len(matrix[0])}"] if header else []
        lines += [" ".join([word, *map(str, row)]) for word, row in zip(words, matrix)]
        path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8"))
        return path

    return write


@pytest.fixture
def write_binary() -> Callable[..., Path]:
    """Writes a binary file of word vectors; `end` stands behind every entry."""

    def write(path: Path, words: Sequence[str] = WORDS, matrix: Any = MATRIX, *, end: bytes = b"\n") -> Path:
        data = f"{len(words)} {len(matrix[0])}\n".encode()
        for word, row in zip(words, matrix):
            data += word.encode("utf-8") + b" " + np.asarray(row, dtype="<f4").tobytes() + end
        path.write_bytes(data)
        return path

    return write
