"""Word vectors in gensim's own formats: what `save` writes of `KeyedVectors`, `Word2Vec` and `FastText`."""

from __future__ import annotations

import os
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from multihead_at.encoding.bounded_gzip import check_unpacked_size
from multihead_at.encoding.stored_object import StoredObject, read_stored_object
from multihead_at.encoding.vector_block import VALUES_A_BLOCK, VectorBlock, first_not_finite
from multihead_at.errors import InputError

_WORDS = ("index_to_key", "index2word", "index2entity")
_MATRIX = ("vectors", "syn0")
_WORD_PARTS = "vectors_vocab"
_NGRAM_PARTS = "vectors_ngrams"
_ARRAY_CALLS = ("_reconstruct", "_frombuffer")
_FLOATS = ("f2", "f4", "f8")
# FastText's own n-grams have 3 to 6 characters, and its words are far shorter: the work for each grows with
# the product of the two.
_LONGEST_NGRAM = 8
_LONGEST_WORD = 10_000
_MOST_BUCKETS = 2**31
_MANY_NGRAMS = 1000
_VALUES_AT_ONCE = 2**16
_MOST_SHOWN = 100
# What NumPy raises for an array whose description is damaged, in a file or as gensim stores it.
_DAMAGED_ARRAY = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
    MemoryError,
    # A description that is nested thousands deep.
    RecursionError,
)
_DAMAGED_FILE = (
    *_DAMAGED_ARRAY,
    EOFError,
    OSError,
    RuntimeError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)


def gensim_parts(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """The files beside `path` in which gensim keeps large matrices of word vectors, sorted; often none."""
    names = (*_MATRIX, _WORD_PARTS, _NGRAM_PARTS)
    parts = (
        Path(f"{os.fspath(path)}{owner}.{name}{ending}")
        for owner in ("", ".wv")
        for name in names
        for ending in (".npy", ".npz")
    )
    return tuple(sorted(part for part in parts if part.is_file()))


def read_gensim_vectors(path: str | os.PathLike[str]) -> Iterator[VectorBlock]:
    """Reads what gensim's `save` wrote, as inert data: see `stored_object`.

    Args:
        path: the file that was named to `save`; its `.npy` files lie beside it.

    Yields:
        Words and vectors in the order of the file. FastText's are composed of word and n-gram parts, as
        gensim composes them.

    Raises:
        InputError: a file cannot be read, is damaged, holds no word vectors, or names what gensim does not
            write.
    """
    yield from _StoredVectors(path).blocks()


class _StoredVectors:
    """The word vectors within one file of gensim's."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path
        self._prefix = os.fspath(path)
        attributes = _attributes(read_stored_object(path))
        if "wv" in attributes:  # a whole model
            attributes = _attributes(attributes["wv"])
            self._prefix += ".wv"
        self._attributes = attributes

    def blocks(self) -> Iterator[VectorBlock]:
        words = self._words()
        name = next((name for name in _MATRIX if self._has(name)), None)
        if name is not None:
            matrix = self._matrix(name, len(words))
            compose = None
        elif self._has(_WORD_PARTS) and self._has(_NGRAM_PARTS):
            matrix = self._matrix(_WORD_PARTS, len(words))
            compose = self._ngram_adder(words, matrix.shape[1])
        else:
            self._refuse("no word vectors found in it")

        size = max(1, VALUES_A_BLOCK // matrix.shape[1])
        for start in range(0, len(words), size):
            block = words[start : start + size]
            with np.errstate(over="ignore", invalid="ignore"):
                rows = np.array(matrix[start : start + size], dtype=np.float32)
                if compose is not None:
                    compose(block, rows)
            wrong = first_not_finite(rows)
            if wrong is not None:
                self._refuse(f"NaN or infinity received in the vector of word {start + wrong + 1}")
            yield VectorBlock(block, rows)

    def _words(self) -> list[str]:
        words = next((self._attributes[name] for name in _WORDS if name in self._attributes), None)
        if not isinstance(words, list) or not words:
            self._refuse("no words found in it, expected KeyedVectors, Word2Vec or FastText")
        if not all(isinstance(word, str) for word in words):
            self._refuse("keys other than words received")
        try:
            # A file may name one long word any number of times.
            for word in set(words):
                word.encode("utf-8")
        except UnicodeEncodeError:
            self._refuse("a word received that UTF-8 cannot hold")
        return words

    def _has(self, name: str) -> bool:
        return self._attributes.get(name) is not None or name in self._stored_apart()

    def _stored_apart(self) -> list[Any]:
        names = self._attributes.get("__numpys")
        return names if isinstance(names, list) else []

    def _matrix(self, name: str, rows: int | None) -> np.ndarray:
        """The matrix `[rows, dim]` of that name; rows None: any number."""
        stored = self._attributes.get(name)
        matrix = self._load_part(name) if stored is None else self._decode(name, stored)
        if matrix.ndim != 2 or matrix.shape[1] == 0 or matrix.dtype.str[1:] not in _FLOATS:
            self._refuse(f"{name}: {matrix.dtype} {matrix.shape} received, expected numbers [words, dim]")
        if rows is not None and matrix.shape[0] != rows:
            self._refuse(f"{name}: {matrix.shape[0]} vectors received for {rows} words")
        return matrix

    def _load_part(self, name: str) -> np.ndarray:
        packed = os.fspath(self._path).endswith(".gz")
        part = Path(f"{self._prefix}.{name}.{'npz' if packed else 'npy'}")
        if not part.is_file():
            self._refuse(f"its part {part.name} is missing, expected beside it")
        try:
            if packed:
                with np.load(part, allow_pickle=False) as arrays:
                    unpacked = sum(member.file_size for member in arrays.zip.infolist())
                    check_unpacked_size(unpacked, part.stat().st_size, part)
                    return np.asarray(arrays["val"])
            return np.load(part, mmap_mode="r", allow_pickle=False)
        except _DAMAGED_FILE as error:
            raise InputError(f"damaged array file received ({_short(error)})", path=part) from None

    def _decode(self, name: str, stored: Any) -> np.ndarray:
        try:
            return _array(stored)
        except _DAMAGED_ARRAY as error:
            self._refuse(f"{name}: damaged array received ({_short(error)})")

    def _ngram_adder(self, words: list[str], dim: int) -> Any:
        """How FastText makes a word's vector: the mean of the word's own part and its n-grams' parts."""
        if self._attributes.get("compatible_hash") is not True:
            self._refuse("a FastText model of gensim before 3.8 received; save it again with gensim 3.8.3")
        shortest, longest = (self._number(name, _LONGEST_NGRAM + 1) for name in ("min_n", "max_n"))
        buckets = self._number("bucket", _MOST_BUCKETS)
        if buckets == 0:
            return None
        self._check_words(words)
        ngrams = self._matrix(_NGRAM_PARTS, None)
        if ngrams.shape != (buckets, dim):
            self._refuse(f"{_NGRAM_PARTS}: array {ngrams.shape} received, expected {(buckets, dim)}")
        from gensim.models.fasttext import ft_ngram_hashes  # late: importing gensim takes a second

        def add_ngrams(words: list[str], rows: np.ndarray) -> None:
            for word, row in zip(words, rows):
                hashes = ft_ngram_hashes(word, shortest, longest, buckets)
                _add_ngrams(row, ngrams, hashes)
                row /= len(hashes) + 1

        return add_ngrams

    def _number(self, name: str, end: int) -> int:
        """An attribute of FastText's, from 0 to below `end`."""
        number = self._attributes.get(name)
        if type(number) is not int or not 0 <= number < end:
            shown = str(number) if type(number) is int and abs(number) < 2**64 else type(number).__name__
            self._refuse(
                f"{name} of a FastText model: {shown} received, expected a number from 0 to {end - 1}"
            )
        return number

    def _check_words(self, words: list[str]) -> None:
        """Refuses words that no FastText model has, as each n-gram of each of them is looked up."""
        if len(set(words)) < len(words):
            self._refuse("a word received twice, expected each once in a FastText model")
        longest = max(map(len, words))
        if longest > _LONGEST_WORD:
            self._refuse(f"a word of {longest} characters received, expected at most {_LONGEST_WORD}")

    def _refuse(self, message: str) -> NoReturn:
        raise InputError(message, path=self._path) from None


def _attributes(stored: Any) -> dict[Any, Any]:
    """The attributes of a stored object; none where it is not one of gensim's."""
    if isinstance(stored, StoredObject) and isinstance(stored.state, dict):
        return stored.state
    return {}


def _add_ngrams(row: np.ndarray, ngrams: np.ndarray, places: list[int]) -> None:
    """Adds rows of `[buckets, dim]` to a word's, in the same order as gensim: to the bit."""
    if len(places) > _MANY_NGRAMS:
        # No word. The order does not matter, the time does: there are fewer rows than places.
        distinct, counts = np.unique(places, return_counts=True)
        row += counts.astype(row.dtype) @ ngrams[distinct].astype(row.dtype)
        return
    size = max(1, _VALUES_AT_ONCE // len(row))
    for start in range(0, len(places), size):
        added = ngrams[places[start : start + size]].astype(row.dtype)
        row[:] = np.add.reduce(np.concatenate((row[np.newaxis], added)), axis=0)


def _short(error: Exception) -> str:
    return str(error)[:_MOST_SHOWN]


def _array(stored: Any) -> np.ndarray:
    """Makes an array of either note that NumPy leaves: `_reconstruct` with a state, or `_frombuffer`."""
    if not isinstance(stored, StoredObject) or stored.name.split()[-1] not in _ARRAY_CALLS:
        raise ValueError("no array")
    if stored.name.endswith("_frombuffer"):
        data, dtype, shape, order = stored.arguments
    else:
        _, shape, dtype, by_columns, data = stored.state
        order = "F" if by_columns else "C"
    array = np.frombuffer(_bytes(data), dtype=_dtype(dtype))
    return array.reshape(shape, order=order)


def _dtype(stored: Any) -> np.dtype[Any]:
    name = stored.arguments[0]
    byte_order = stored.state[1]
    # Text, before anything else is asked of it: to show a tuple that holds others twice could take forever.
    if not isinstance(name, str) or not isinstance(byte_order, str):
        raise ValueError("numbers of no type")
    if name not in _FLOATS or byte_order not in ("<", ">"):
        raise ValueError(f"numbers of type {byte_order}{name}")
    return np.dtype(byte_order + name)


def _bytes(stored: Any) -> bytes | bytearray:
    if isinstance(stored, StoredObject) and stored.name == "_codecs encode":  # protocol 2 has no bytes
        stored = stored.arguments[0]
    if isinstance(stored, str):
        return stored.encode("latin-1")
    if isinstance(stored, (bytes, bytearray)):
        return stored
    raise ValueError("no bytes")
