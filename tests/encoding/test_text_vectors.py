"""Word vectors in text."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.encoding import text_vectors
from multihead_at.encoding.text_vectors import read_text_vectors
from multihead_at.errors import InputError

Write = Callable[..., Path]

# What a line can hold as a word: no space, no line end, nothing that ends a line's bytes; and no mark that is
# none of the word's in the first of them.
words_in_text = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=" \ufeff"), min_size=1, max_size=8
)
numbers = st.floats(width=32, allow_nan=False, allow_infinity=False)


def read_all(path: Path) -> tuple[list[str], np.ndarray]:
    blocks = list(read_text_vectors(path))
    words = [word for block in blocks for word in block.words]
    return words, np.concatenate([block.rows for block in blocks])


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("block_values", [1, 4, 2**20])
def test_reads_what_was_written(
    tmp_path: Path, write_text: Write, monkeypatch: pytest.MonkeyPatch, header: bool, block_values: int
) -> None:
    monkeypatch.setattr(text_vectors, "VALUES_A_BLOCK", block_values)
    matrix = [[0.5, -1], [1e-3, 2], [3, 4]]
    words, rows = read_all(write_text(tmp_path / "v.txt", ["a", "b", "c"], matrix, header=header))
    assert words == ["a", "b", "c"]
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, np.array(matrix, np.float32))


def test_reads_gzip_line_ends_of_windows_and_spaces_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "v.vec"
    path.write_bytes(gzip.compress(b"2 2\r\na 1 2 \r\nb 3 4\r\n\r\n"))
    words, rows = read_all(path)
    assert words == ["a", "b"]
    assert rows.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("content", ["2 2\na 1 2\nb 3 4\n", "a 1 2\nb 3 4\n"])
def test_a_byte_order_mark_is_no_part_of_the_first_word(tmp_path: Path, content: str) -> None:
    (tmp_path / "v.txt").write_text(content, encoding="utf-8-sig")
    assert read_all(tmp_path / "v.txt")[0] == ["a", "b"]


@given(
    st.lists(words_in_text, min_size=1, max_size=5, unique=True), st.integers(2, 4), st.data(), st.booleans()
)
def test_agrees_with_gensim(words: list[str], dim: int, data: st.DataObject, header: bool) -> None:
    from gensim.models import KeyedVectors

    rows = [data.draw(st.lists(numbers, min_size=dim, max_size=dim)) for _ in words]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "v.txt")
        lines = [f"{len(words)} {dim}"] if header else []
        lines += [" ".join([word, *map(repr, row)]) for word, row in zip(words, rows)]
        path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8"))
        ours = read_all(path)
        theirs = KeyedVectors.load_word2vec_format(str(path), no_header=not header)
    assert ours[0] == theirs.index_to_key == words
    np.testing.assert_array_equal(ours[1], theirs.vectors)


def test_a_line_ends_at_lf_only(tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes("a\x85b 1 2\n\u2028 3 4\n".encode())
    assert read_all(path)[0] == ["a\x85b", "\u2028"]


def test_glove_words_with_spaces(tmp_path: Path) -> None:
    path = tmp_path / "glove.txt"
    path.write_bytes(b"the 1 2\n. . . 3 4\nat name@domain.com 5 6\n")
    words, rows = read_all(path)
    assert words == ["the", ". . .", "at name@domain.com"]
    assert rows.tolist() == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        (b"", None, "empty file received"),
        (b"\n", 1, "'' received, expected '<words> <dim>', or a word"),
        (b"cat\t1\t2\n", 1, "separated by single spaces"),
        (b"two 2\n", 1, "header 'two 2' received, expected '<words> <dim>'"),
        (b"-2 2\na 1 2\n", 1, "header '-2 2'"),
        (b"2 0\na\nb\n", 1, "header '2 0'"),
        (b"0 2\n", 1, "header '0 2'"),
        ("² 2\n".encode(), 1, "header '² 2'"),
        (b"2 2\n", 1, "2 words announced by the header, but 0 received"),
        (b"2 2\na 1 2\n", 1, "2 words announced by the header, but 1 received"),
        (b"2 2\na 1 2\nb 1 2\nc 1 2\n", 4, "more words received than the 2 that the header announces"),
        (b"2 2\na 1 2\nb 1\n", 3, "1 numbers received, expected 2"),
        (b"2 2\na 1 2 3\nb 1 2\n", 2, "3 numbers received, expected 2"),
        (b"2 2\na  1\nb 1 2\n", 2, "'' received, expected a number"),
        (b"a 1 2\nb 1 2 3\n", 2, "3 numbers received, expected 2"),
        (b"a 1 2\nb 1\n", 2, "1 numbers received, expected 2"),
        (b"2 2\na 1 x\nb 1 2\n", 2, "'x' received, expected a number"),
        (b"2 2\na 1 1_0\nb 1 2\n", 2, "'1_0' received, expected a number"),
        (b"2 2\na 1 2\nb 1 nan\n", 3, "NaN, infinity or a number too large"),
        (b"2 2\na 1 2\nb -inf 1\n", 3, "NaN, infinity or a number too large"),
        (b"2 2\na 1 1e39\nb 1 2\n", 2, "NaN, infinity or a number too large"),
        (b"2 2\n\xff 1 2\nb 1 2\n", 2, "expected UTF-8"),
        (b"a 1 2\nb\xc3 1 2\n", 2, "expected UTF-8"),
        (b"a 1 2\nb \xff 2\n", 2, "expected a number"),
        (b"2 2\na 1 2\n\nb 1 2\n", 3, "blank line received"),
        (b"a 1 2\n\n\nb 1 2\n", 2, "blank line received"),
    ],
)
def test_bad_files_are_refused_with_their_line(
    tmp_path: Path, content: bytes, line: int | None, expected: str
) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert expected in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_the_line_is_right_in_later_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_vectors, "VALUES_A_BLOCK", 4)
    path = tmp_path / "v.txt"
    path.write_bytes(b"4 2\na 1 2\nb 1 2\nc 1 2\nd inf 2\n")
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert caught.value.line == 5


def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_vectors, "_LONGEST_LINE", 10)
    path = tmp_path / "v.txt"
    path.write_bytes(b"1 2\n" + b"x" * 50)
    with pytest.raises(InputError, match="a line of 10 bytes or more received"):
        read_all(path)


def test_gzip_that_is_cut_short_or_damaged(tmp_path: Path) -> None:
    whole = gzip.compress(b"2 2\na 1 2\nb 1 2\n")
    path = tmp_path / "v.txt.gz"
    for content in (whole[:-9], whole[:12] + b"\0\0\0" + whole[15:]):
        path.write_bytes(content)
        with pytest.raises(InputError, match="damaged or cut short gzip data"):
            read_all(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_all(tmp_path / "none.txt")
