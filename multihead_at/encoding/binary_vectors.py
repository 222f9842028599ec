"""Word vectors in word2vec's binary format.

    <words> <dim>\\n
    <word> <dim float32, little endian>[\\n] ...

Read by a parser of ours for the same reasons as text; the tests show that gensim reads the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

import numpy as np

from multihead_at.encoding.text_vectors import parse_header
from multihead_at.encoding.vector_block import VALUES_A_BLOCK, VectorBlock, first_not_finite
from multihead_at.encoding.vector_stream import open_vector_file
from multihead_at.errors import InputError

_FLOAT = np.dtype("<f4")
_LONGEST_HEADER = 100
_LONGEST_WORD = 2**16
_WIDEST = 2**20


def read_binary_vectors(path: str | os.PathLike[str]) -> Iterator[VectorBlock]:
    """Reads a binary file of word vectors, plain or gzip.

    Args:
        path: the file.

    Yields:
        Its words and vectors in file order, all of one width.

    Raises:
        InputError: the file cannot be read or is not in the format.
    """
    with open_vector_file(path) as file:
        header = file.readline(_LONGEST_HEADER)
        if not header:
            raise InputError("empty file received, expected word vectors", path=path)
        count, dim = parse_header(header, path)
        if dim > _WIDEST:
            message = f"header with vectors {dim} wide received, expected at most {_WIDEST}"
            raise InputError(message, path=path, line=1)
        yield from _BinaryReader(path, file, count, dim).blocks()


class _BinaryReader:
    """One pass over the entries behind the header."""

    def __init__(self, path: str | os.PathLike[str], file: BinaryIO, count: int, dim: int) -> None:
        self._path = path
        self._file = file
        self._count = count
        self._dim = dim
        self._read = 0  # words so far
        self._rest = b""  # bytes read and not yet used

    def blocks(self) -> Iterator[VectorBlock]:
        while self._read < self._count:
            data = self._file.read(VALUES_A_BLOCK * _FLOAT.itemsize)
            self._rest += data
            words, vectors = self._take_entries()
            if words:
                yield self._block(words, vectors)
                self._read += len(words)
            elif not data:
                expected = f"expected {self._count} words with {self._dim} numbers each"
                self._refuse(f"file ends within word {self._read + 1}, {expected}")
        if (self._rest + self._file.read(_LONGEST_HEADER)).strip():
            self._refuse(f"data behind the {self._count} words received that the header announces")

    def _take_entries(self) -> tuple[list[bytes], list[bytes]]:
        """Takes the complete entries off the bytes read."""
        words: list[bytes] = []
        vectors: list[bytes] = []
        rest = self._rest
        size = self._dim * _FLOAT.itemsize
        start = 0
        while self._read + len(words) < self._count:
            space = rest.find(b" ", start, start + _LONGEST_WORD)
            if space < 0 and len(rest) - start >= _LONGEST_WORD:
                self._refuse(
                    f"word {self._read + len(words) + 1}: no space within {_LONGEST_WORD} bytes; the width "
                    f"{self._dim} in the header may be wrong"
                )
            if space < 0 or space + 1 + size > len(rest):
                break
            words.append(rest[start:space])
            start = space + 1 + size
            vectors.append(rest[space + 1 : start])
        self._rest = rest[start:]
        return words, vectors

    def _block(self, words: list[bytes], vectors: list[bytes]) -> VectorBlock:
        rows = np.frombuffer(b"".join(vectors), dtype=_FLOAT).reshape(len(words), self._dim)
        decoded = []
        for number, word in enumerate(words, start=self._read + 1):
            try:
                # The original tool ends every entry with a line end, gensim does not.
                decoded.append(word.decode("utf-8").lstrip("\n"))
            except UnicodeDecodeError:
                hint = f"the width {self._dim} in the header may be wrong"
                self._refuse(f"word {number} {word[:40]!r} received, expected UTF-8; {hint}")
        wrong = first_not_finite(rows)
        if wrong is not None:
            self._refuse(f"NaN or infinity received in the vector of word {self._read + 1 + wrong}")
        return VectorBlock(decoded, rows)

    def _refuse(self, message: str) -> NoReturn:
        raise InputError(message, path=self._path) from None
