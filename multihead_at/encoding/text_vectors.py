"""Word vectors in text: word2vec's format with its header, GloVe's without.

    [<words> <dim>]
    <word> <number> <number> ...

A parser of ours, because gensim's takes files with more rows than the header says, reports others without the
place, and holds everything in memory. On files that both take they agree, which the tests show.
"""

from __future__ import annotations

import os
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

import numpy as np

from multihead_at.encoding.vector_block import VALUES_A_BLOCK, VectorBlock, first_not_finite
from multihead_at.encoding.vector_stream import open_vector_file
from multihead_at.errors import InputError

_LONGEST_LINE = 2**22


def parse_header(line: bytes, path: str | os.PathLike[str]) -> tuple[int, int]:
    """Reads word2vec's header, the same in text and binary files.

    Returns:
        Number of words and width of a vector, both at least 1.

    Raises:
        InputError: it is no header.
    """
    fields = line.split()
    legible = len(fields) == 2 and all(field.isdigit() and len(field) < 16 for field in fields)
    if not legible or 0 in map(int, fields):
        shown = line[:40].decode("utf-8", "replace").rstrip("\r\n")
        raise InputError(f"header {shown!r} received, expected '<words> <dim>'", path=path, line=1)
    return int(fields[0]), int(fields[1])


def read_text_vectors(path: str | os.PathLike[str]) -> Iterator[VectorBlock]:
    """Reads a text file of word vectors, plain or gzip.

    A first line of exactly two fields is a header.

    Args:
        path: the file.

    Yields:
        Its words and vectors in file order, all of one width.

    Raises:
        InputError: the file cannot be read or is not in the format; with the line where there is one.
    """
    with open_vector_file(path) as file:
        yield from _TextReader(path, file).blocks()


class _TextReader:
    """One pass over one file."""

    def __init__(self, path: str | os.PathLike[str], file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._line = 0  # number of the line read last, from 1
        self._read = 0  # words so far
        self._count: int | None = None  # words that the header announces
        self._dim = 0

    def blocks(self) -> Iterator[VectorBlock]:
        # Windows editors put a byte order mark in front.
        first = self._next_line().removeprefix(BOM_UTF8)
        if not first:
            raise InputError("empty file received, expected word vectors", path=self._path)
        if len(first.split()) == 2:
            self._count, self._dim = parse_header(first, self._path)
            first = self._next_line()
        else:
            self._dim = len(first.rstrip().split(b" ")) - 1
            if self._dim < 1:
                expected = "expected '<words> <dim>', or a word and its numbers separated by single spaces"
                self._refuse(f"{_shown(first.rstrip())} received, {expected}", self._line)
        yield from self._rows(first)
        if self._count is not None and self._read < self._count:
            self._refuse(f"{self._count} words announced by the header, but {self._read} received", 1)

    def _rows(self, line: bytes) -> Iterator[VectorBlock]:
        words: list[str] = []
        values = array("f")
        first_line = self._line
        size = max(1, VALUES_A_BLOCK // max(1, self._dim))
        while line.strip():
            if self._read == self._count:
                self._refuse(
                    f"more words received than the {self._count} that the header announces", self._line
                )
            word, numbers = self._parse(line)
            self._read += 1
            words.append(word)
            values.extend(numbers)
            if len(words) == size:
                yield self._block(words, values, first_line)
                words, values, first_line = [], array("f"), self._line + 1
            line = self._next_line()
        self._expect_only_blank_lines(line)
        if words:
            yield self._block(words, values, first_line)

    def _parse(self, line: bytes) -> tuple[str, list[float]]:
        fields = line.rstrip().split(b" ")
        if len(fields) != self._dim + 1:
            fields = self._join_spaced_word(fields)
        try:
            word = fields[0].decode("utf-8")
        except UnicodeDecodeError:
            self._refuse(f"word {fields[0][:40]!r} received, expected UTF-8", self._line)
        try:
            numbers = list(map(float, fields[1:]))
        except ValueError:
            wrong = next(field for field in fields[1:] if not _is_number(field))
            self._refuse(f"{_shown(wrong)} received, expected a number", self._line)
        # Python reads 1_0 as 10, other programs do not.
        if line.find(b"_", len(fields[0])) >= 0:
            wrong = next(field for field in fields[1:] if b"_" in field)
            self._refuse(f"{_shown(wrong)} received, expected a number", self._line)
        return word, numbers

    def _join_spaced_word(self, fields: list[bytes]) -> list[bytes]:
        """GloVe's 840B vectors have words such as ". . .": more fields, of which the surplus is no number."""
        surplus = len(fields) - 1 - self._dim
        if self._count is not None or surplus < 1 or self._line == 1 or _is_number(fields[surplus]):
            self._refuse(f"{len(fields) - 1} numbers received, expected {self._dim}", self._line)
        return [b" ".join(fields[: surplus + 1]), *fields[surplus + 1 :]]

    def _block(self, words: list[str], values: array[float], first_line: int) -> VectorBlock:
        rows = np.frombuffer(values, dtype=np.float32).reshape(len(words), self._dim)
        wrong = first_not_finite(rows)
        if wrong is not None:
            self._refuse("NaN, infinity or a number too large for float32 received", first_line + wrong)
        return VectorBlock(words, rows)

    def _expect_only_blank_lines(self, line: bytes) -> None:
        blank = self._line
        while line:
            if line.strip():
                self._refuse("blank line received, expected a word and its vector", blank)
            line = self._next_line()

    def _next_line(self) -> bytes:
        line = self._file.readline(_LONGEST_LINE)
        self._line += 1
        if len(line) == _LONGEST_LINE:
            self._refuse(f"a line of {_LONGEST_LINE} bytes or more received", self._line)
        return line

    def _refuse(self, message: str, line: int | None) -> NoReturn:
        raise InputError(message, path=self._path, line=line) from None


def _is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _shown(field: bytes) -> str:
    return repr(field[:40].decode("utf-8", "replace"))
