"""A full disk gets one message, and nothing else reaches the error stream."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest

from multihead_at.errors import InputError
from multihead_at.training import array_file


class _FullDisk:
    """A file on a disk with room for `room` bytes."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, data: Any) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 100, 1000])
def test_arrays_on_a_full_disk(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "best.npz"
    array_file.write_arrays(path, "weights", {"a": np.zeros(1)}, {})
    before = path.read_bytes()
    opened = array_file.open_atomically

    @contextlib.contextmanager
    def open_on_a_full_disk(path: Any) -> Iterator[BinaryIO]:
        with opened(path) as file:
            yield _FullDisk(file, room)  # type: ignore[misc]

    ignored: list[Any] = []
    monkeypatch.setattr(array_file, "open_atomically", open_on_a_full_disk)
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    with pytest.raises(InputError, match=r"best\.npz: cannot be written: No space left on device"):
        array_file.write_arrays(path, "weights", {"a": np.zeros(1000)}, {})
    gc.collect()
    assert ignored == []
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["best.npz"]
