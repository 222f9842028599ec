"""The newest whole state of two."""

from __future__ import annotations

import dataclasses
import os
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.training import checkpoints
from multihead_at.training.array_file import read_arrays, write_arrays
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.training_state import KIND, TrainingState

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


def test_while_one_is_written_there_are_two_whole_ones(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, seen = os.replace, []

    def look_and_replace(source: Path, target: Path) -> None:
        for moment in (lambda: None, partial(replace, source, target)):
            moment()
            states = [TrainingState.read(path) for path in folder.path.glob("state*.npz")]
            seen.append(sorted(state.epoch for state in states))

    monkeypatch.setattr(os, "replace", look_and_replace)
    Checkpoints(folder).write(state(5))
    assert seen == [[3, 4], [3, 4, 5], [3, 4, 5], [4, 5], [4, 5], [4, 5]]


def test_names_are_flushed_to_the_disk_after_each_write(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(
        checkpoints, "flush_folder", lambda path: flushed.append(",".join(sorted(os.listdir(path))))
    )
    Checkpoints(folder).write(state(5))
    assert flushed == ["state-before.npz,state.npz"]


@pytest.mark.parametrize("renames", [0, 1])
def test_after_a_kill_before_all_names_are_changed_the_next_is_the_newest(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    replace, left = os.replace, [1 + renames]

    def replace_or_stop(source: Path, target: Path) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        replace(source, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "replace", replace_or_stop)
        Checkpoints(folder).write(state(5))
    assert newest(folder).epoch == 5
    assert sorted(os.listdir(folder.path)) == ["state-before.npz", "state.npz"]
    assert [TrainingState.read(path).epoch for path in (folder.state_before, folder.state)] == [4, 5]


def test_after_a_kill_between_the_two_names_of_older_code_the_one_before_is_the_newest(
    folder: RunFolder,
) -> None:
    os.replace(folder.state, folder.state_before)
    assert newest(folder).epoch == 4


def test_a_state_of_another_run_is_refused_by_name(folder: RunFolder) -> None:
    Checkpoints(folder).write(dataclasses.replace(state(5), run="ours"))
    found = Checkpoints(folder).newest("ours")
    assert found is not None and found.run == "ours"
    with pytest.raises(InputError) as caught:
        Checkpoints(folder).newest("another")
    assert str(caught.value) == (
        f"{folder.state}: expected a state of this run, received one of a run with other settings or data"
    )
    assert folder.state.is_file()


def test_a_state_of_before_it_named_its_run_is_gone_on_from(folder: RunFolder) -> None:
    arrays, data = read_arrays(folder.state, KIND)
    del data["run"]
    write_arrays(folder.state, KIND, arrays, data)
    found = Checkpoints(folder).newest("ours")
    assert found is not None and (found.epoch, found.run) == (4, "")


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


def test_a_failed_write_leaves_both_as_they_were(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: TrainingState, path: Path) -> None:
        raise InputError("cannot be written: No space left on device", path=path)

    with monkeypatch.context() as patch:
        patch.setattr(TrainingState, "write", fail)
        with pytest.raises(InputError, match="No space left"):
            Checkpoints(folder).write(state(5))
    assert [TrainingState.read(path).epoch for path in (folder.state_before, folder.state)] == [3, 4]
