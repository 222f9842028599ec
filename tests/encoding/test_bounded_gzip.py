"""Packed vectors that unpack to far more than vectors do."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors

from multihead_at.encoding.bounded_gzip import BoundedGzip
from multihead_at.encoding.gensim_vectors import read_gensim_vectors
from multihead_at.encoding.vector_files import read_vectors
from multihead_at.errors import InputError

MANY = 400_000
BOMBS: dict[str, bytes] = {
    "v.txt": b"a 1 2\n" * MANY,
    "v.bin": b"%d 1\n" % MANY + b"a \0\0\0\0" * MANY,
    "v.kv": b"\x80\x04]" + b"]a" * 2 * MANY + b".",
    # One instruction that takes all of it.
    "w.kv": b"\x80\x04B" + (6 * MANY).to_bytes(4, "little") + bytes(6 * MANY) + b".",
    "line.txt": b"a" * 6 * MANY,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(BOMBS[name]))
    with pytest.raises(InputError, match="that unpack to more than 10 times as many") as caught:
        list(read_vectors(path))
    assert caught.value.path == str(path)


def test_no_more_is_unpacked_than_is_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(gzip.compress(bytes(2**24)))
    unpacked: list[int] = []

    def counting(reader: gzip._GzipReader, buffer: memoryview) -> int:  # type: ignore[name-defined]
        count: int = readinto(reader, buffer)
        unpacked.append(count)
        return count

    readinto = gzip._GzipReader.readinto  # type: ignore[attr-defined]
    monkeypatch.setattr(gzip._GzipReader, "readinto", counting)  # type: ignore[attr-defined]
    with open(path, "rb") as file, pytest.raises(InputError, match="unpack"):
        BoundedGzip(file, path).read()
    assert 2**20 < sum(unpacked) < 2**21


def test_a_small_file_may_unpack_to_a_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "zeros.txt"
    content = b"a 0 0\n" * (2**20 // 6)
    path.write_bytes(gzip.compress(content))
    with open(path, "rb") as file:
        assert BoundedGzip(file, path).read() == content


def test_a_packed_matrix_that_is_a_bomb_is_refused_by_name(tmp_path: Path) -> None:
    vectors = KeyedVectors(2)
    vectors.add_vectors(["a"], np.ones((1, 2), np.float32))
    vectors.save(str(tmp_path / "v.kv.gz"), separately=["vectors"])
    part = tmp_path / "v.kv.gz.vectors.npz"
    bomb = io.BytesIO()
    np.savez_compressed(bomb, val=np.zeros((1, MANY), np.float32))
    part.write_bytes(bomb.getvalue())
    with pytest.raises(InputError, match="that unpack to more than 10 times as many") as caught:
        list(read_gensim_vectors(tmp_path / "v.kv.gz"))
    assert caught.value.path == str(part)
