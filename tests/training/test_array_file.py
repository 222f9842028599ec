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
        assert set(found) == set(arrays)
        for name, values in found.items():
            np.testing.assert_array_equal(values, arrays[name])
    assert refused > len(whole) / 2


def test_compressed_arrays_are_refused(tmp_path: Path) -> None:
    # A thousand times as large in memory as in the file.
    with np.load(written(tmp_path)) as archive:
        header = archive["multihead_at"]
    np.savez_compressed(tmp_path / "bomb.npz", multihead_at=header, **{"a/b": np.zeros(6), "c": np.zeros(0)})
    with pytest.raises(InputError, match=r"bomb\.npz: expected weights, received a damaged or foreign file"):
        read_arrays(tmp_path / "bomb.npz", "weights")


def test_a_file_without_the_list_of_its_arrays_is_read(tmp_path: Path) -> None:
    # As the first versions wrote them.
    header = np.frombuffer(b'{"kind": "weights", "version": 1, "data": {"epoch": 3}}', np.uint8)
    np.savez(tmp_path / "old.npz", multihead_at=header, a=np.ones(2))
    arrays, data = read_arrays(tmp_path / "old.npz", "weights")
    assert (list(arrays), data) == (["a"], {"epoch": 3})
