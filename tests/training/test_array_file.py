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


@pytest.mark.parametrize("bit", [0, 3, 7])
def test_a_file_with_a_bit_turned_is_refused_or_unharmed(tmp_path: Path, bit: int) -> None:
    path = written(tmp_path)
    whole, (arrays, data) = path.read_bytes(), read_arrays(path, "weights")
    refused = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        try:
            found, of_found = read_arrays(path, "weights")
        except InputError:
            refused += 1
            continue
        assert of_found == data
        # A turned bit in the archive's directory may hide members, which whoever reads them by name sees.
        for name, values in found.items():
            np.testing.assert_array_equal(values, arrays[name])
    assert refused > len(whole) / 2
