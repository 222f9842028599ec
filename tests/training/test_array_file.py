"""Arrays in a file that is whole or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from multihead_at.errors import InputError
from multihead_at.training.array_file import read_arrays, write_arrays


def written(folder: Path) -> Path:
    path = folder / "some.npz"
    write_arrays(path, "weights", {"a/b": np.arange(6.0).reshape(2, 3), "c": np.zeros(0)}, {"epoch": 3})
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    arrays, data = read_arrays(written(tmp_path), "weights")
    assert data == {"epoch": 3}
    np.testing.assert_array_equal(arrays["a/b"], [[0, 1, 2], [3, 4, 5]])
    assert arrays["c"].shape == (0,)


def test_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected training state"):
        read_arrays(written(tmp_path), "training state")


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(InputError, match=r"some\.npz"):
            read_arrays(path, "weights")


def test_a_changed_value_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = bytearray(path.read_bytes())
    place = content.index(np.float64(5.0).tobytes())
    content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        read_arrays(path, "weights")


def test_a_foreign_archive_and_no_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "foreign.npz", a=np.zeros(3))
    with pytest.raises(InputError, match="foreign"):
        read_arrays(tmp_path / "foreign.npz", "weights")
    with pytest.raises(InputError, match=r"missing\.npz"):
        read_arrays(tmp_path / "missing.npz", "weights")
