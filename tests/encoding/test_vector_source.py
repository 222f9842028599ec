"""Telling whether a vector file has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from multihead_at.encoding.vector_source import VectorSource
from multihead_at.errors import InputError


def test_the_checksum_of_one_file_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "v.txt"
    path.write_bytes(b"content")
    assert VectorSource.at(path).sha256 == hashlib.sha256(b"content").hexdigest()


def test_the_checksum_of_several_files_hangs_on_each(tmp_path: Path) -> None:
    path, part = tmp_path / "v.kv", tmp_path / "v.kv.vectors.npy"
    path.write_bytes(b"1")
    part.write_bytes(b"2")
    first = VectorSource.at(path)
    assert first.files == (path, part)
    assert first.sha256 != hashlib.sha256(b"1").hexdigest()
    part.write_bytes(b"3")
    assert VectorSource.at(path).sha256 != first.sha256
    part.write_bytes(b"2")
    assert VectorSource.at(path).sha256 == first.sha256


@pytest.mark.parametrize("change", ["size", "time", "part"])
def test_a_change_is_noticed(tmp_path: Path, change: str) -> None:
    path = tmp_path / "v.kv"
    path.write_bytes(b"content")
    source = VectorSource.at(path)
    source.check_unchanged()
    if change == "size":
        time = path.stat().st_mtime_ns
        path.write_bytes(b"contents")
        os.utime(path, ns=(time, time))
    elif change == "time":
        os.utime(path, ns=(1, 1))
    else:
        (tmp_path / "v.kv.vectors.npy").write_bytes(b"")
    with pytest.raises(InputError, match="changed while it was being read"):
        source.check_unchanged()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        VectorSource.at(tmp_path / "none")
