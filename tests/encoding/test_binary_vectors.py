"""Word vectors in word2vec's binary format."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import binary_vectors
from multihead_at.encoding.binary_vectors import read_binary_vectors
from multihead_at.errors import InputError

Write = Callable[..., Path]

words_in_binary = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters=" \n"), min_size=1, max_size=8
)
numbers = st.floats(width=32, allow_nan=False, allow_infinity=False)


def read_all(path: Path) -> tuple[list[str], np.ndarray]:
    blocks = list(read_binary_vectors(path))
    words = [word for block in blocks for word in block.words]
    return words, np.concatenate([block.rows for block in blocks])


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("block_values", [1, 5, 2**20])
def test_reads_what_was_written(
    tmp_path: Path, write_binary: Write, monkeypatch: pytest.MonkeyPatch, end: bytes, block_values: int
) -> None:
    monkeypatch.setattr(binary_vectors, "VALUES_A_BLOCK", block_values)
    # 10.0 and 32.0 hold bytes that look like a line end and a space.
    matrix = np.frombuffer(b"\n\n \n" * 6, dtype="<f4").reshape(3, 2)
    words, rows = read_all(write_binary(tmp_path / "v.bin", ["a", "bé", "c"], matrix, end=end))
    assert words == ["a", "bé", "c"]
    np.testing.assert_array_equal(rows, matrix)


def test_reads_gzip(tmp_path: Path, write_binary: Write) -> None:
    path = write_binary(tmp_path / "v.bin", ["a"], [[1, 2]])
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert read_all(path)[1].tolist() == [[1, 2]]


@given(st.lists(words_in_binary, min_size=1, max_size=5, unique=True), st.integers(1, 4), st.data())
def test_agrees_with_gensim(words: list[str], dim: int, data: st.DataObject) -> None:
    from gensim.models import KeyedVectors

    rows = [data.draw(st.lists(numbers, min_size=dim, max_size=dim)) for _ in words]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "v.bin")
        written = KeyedVectors(dim)
        written.add_vectors(words, np.array(rows, np.float32))
        written.save_word2vec_format(str(path), binary=True, sort_attr="none")
        ours = read_all(path)
        theirs = KeyedVectors.load_word2vec_format(str(path), binary=True)
    assert ours[0] == theirs.index_to_key
    np.testing.assert_array_equal(ours[1], theirs.vectors)


ENTRY = b"a " + np.array([1, 2], "<f4").tobytes()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty file received"),
        (b"\x00\x01\x02", "header '\\x00\\x01\\x02' received, expected '<words> <dim>'"),
        (b"a 1 2\n", "header 'a 1 2' received"),
        (b"2 2\n", "file ends within word 1, expected 2 words with 2 numbers each"),
        (b"2 2\n" + ENTRY + b"b " + bytes(7), "file ends within word 2"),
        (b"2 2\n" + ENTRY + b"b", "file ends within word 2"),
        (b"1 2\n" + ENTRY + b"\n" + ENTRY, "data behind the 1 words received that the header announces"),
        (b"1 3\n" + ENTRY, "file ends within word 1"),
        (b"1 1\n" + ENTRY, "data behind the 1 words"),
        (b"1 2\n\xff" + ENTRY, "word 1 b'\\xffa' received, expected UTF-8"),
        (
            b"2 1\n" + b"a " + bytes(4) + b"b " + np.array([np.nan], "<f4").tobytes(),
            "NaN or infinity received",
        ),
        (b"1 1\n" + b"a " + np.array([np.inf], "<f4").tobytes(), "in the vector of word 1"),
        (b"9 2\n" + b"x" * 2**17, "word 1: no space within 65536 bytes"),
        (b"1 9999999\n" + ENTRY, "header with vectors 9999999 wide received"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "v.bin"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert expected in caught.value.message
    assert caught.value.path == str(path)
