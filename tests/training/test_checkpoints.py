"""The newest whole state of two."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np
import pytest

from multihead_at.errors import InputError
from multihead_at.training import RunFolder
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.training_state import TrainingState

OFFSETS = 50


def state(epoch: int) -> TrainingState:
    arrays = {"model/a": np.full((20, 3), epoch, np.float32), "optimizer/0000": np.arange(7)}
    return TrainingState(1, epoch, EarlyStopping(3, best_epoch=0), arrays)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Holds the states of epochs 3 and 4."""
    checkpoints = Checkpoints(RunFolder(tmp_path))
    for epoch in range(5):
        checkpoints.write(state(epoch))
    return RunFolder(tmp_path)


def newest(folder: RunFolder) -> TrainingState:
    found = Checkpoints(folder).newest()
    assert found is not None
    return found


def test_the_newest_is_read_and_the_one_before_kept(folder: RunFolder) -> None:
    assert sorted(os.listdir(folder.path)) == ["state-before.npz", "state.npz"]
    assert newest(folder).epoch == 4
    assert TrainingState.read(folder.state_before).epoch == 3


@pytest.mark.parametrize("number", range(OFFSETS))
def test_one_cut_anywhere_is_passed_over_with_one_line(folder: RunFolder, number: int) -> None:
    content = folder.state.read_bytes()
    folder.state.write_bytes(content[: number * len(content) // OFFSETS])
    with pytest.warns(UserWarning) as caught:
        found = newest(folder)
    assert found.epoch == 3
    np.testing.assert_array_equal(found.arrays["model/a"], np.full((20, 3), 3, np.float32))
    (warning,) = caught
    line = f"{folder.state}: damaged checkpoint passed over, trying state-before.npz"
    assert str(warning.message) == line
    # The whole one stays the one before when the next is written.
    Checkpoints(folder).write(state(4))
    assert newest(folder).epoch == 4
    assert TrainingState.read(folder.state_before).epoch == 3


def test_a_missing_array_is_damage(folder: RunFolder) -> None:
    content = folder.state.read_bytes()
    # In the archive's directory, where no checksum covers the name.
    place = content.rindex(b"optimizer/0000")
    folder.state.write_bytes(content[:place] + b"O" + content[place + 1 :])
    with pytest.warns(UserWarning, match="passed over"):
        assert newest(folder).epoch == 3


def test_after_a_kill_between_the_two_names_the_one_before_is_the_newest(folder: RunFolder) -> None:
    os.replace(folder.state, folder.state_before)
    assert newest(folder).epoch == 4


def test_without_a_whole_one_there_is_none(folder: RunFolder) -> None:
    for path in (folder.state, folder.state_before):
        path.write_bytes(b"half")
    with pytest.warns(UserWarning) as caught:
        assert Checkpoints(folder).newest() is None
    assert [str(one.message).rpartition(", trying ")[2] for one in caught] == [
        "state-before.npz",
        "the beginning",
    ]
    assert os.listdir(folder.path) == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Checkpoints(folder).newest() is None


def test_one_of_another_version_is_refused_and_stays(folder: RunFolder) -> None:
    content = folder.state.read_bytes()
    arrays = {
        "multihead_at": np.frombuffer(b'{"kind": "training state", "version": 9, "data": {}}', np.uint8)
    }
    np.savez(folder.state, **arrays)
    with pytest.raises(InputError, match=r"state\.npz: expected training state of version 1, received"):
        Checkpoints(folder).newest()
    assert folder.state.read_bytes() != content


def test_a_failed_write_leaves_the_newest_whole(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: TrainingState, path: Path) -> None:
        raise InputError("cannot be written: No space left on device", path=path)

    with monkeypatch.context() as patch:
        patch.setattr(TrainingState, "write", fail)
        with pytest.raises(InputError, match="No space left"):
            Checkpoints(folder).write(state(5))
    assert newest(folder).epoch == 4
