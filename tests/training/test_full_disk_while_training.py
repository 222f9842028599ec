"""A disk that is full in the middle of a training: one line, nothing finished lost, and the run goes on."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import tensorflow as tf

from multihead_at.cli.run_command import USER_ERROR, run_command
from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import WordVectors
from multihead_at.files import json_file
from multihead_at.runs import RunFolder, epoch_log
from multihead_at.training import array_file, train_run
from multihead_at.training.training_state import TrainingState

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "robustness"))

from same_run import differences

Make = Callable[..., Config]


class _HalfWritten:
    """A file on a disk that is full after half of what it is given."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: Any) -> int:
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def fill_at(monkeypatch: pytest.MonkeyPatch, file: str, write: int) -> None:
    """Has the disk be full within a write, counted from 1, of a file of the run's folder."""
    writes = 0

    def is_now(path: Any) -> bool:
        nonlocal writes
        writes += Path(path).name == file
        return Path(path).name == file and writes == write

    opened, opened_to_append = array_file.open_atomically, open

    @contextlib.contextmanager
    def open_whole(path: Any) -> Iterator[BinaryIO]:
        with opened(path) as written:
            yield _HalfWritten(written) if is_now(path) else written  # type: ignore[misc]

    @contextlib.contextmanager
    def open_to_append(path: Any, *how: Any, **more: Any) -> Iterator[Any]:
        with opened_to_append(path, *how, **more) as appended:
            yield _HalfWritten(appended) if is_now(path) else appended

    for module in (array_file, json_file):
        monkeypatch.setattr(module, "open_atomically", open_whole)
    monkeypatch.setattr(epoch_log, "open", open_to_append, raising=False)


def fill_at_figures(monkeypatch: pytest.MonkeyPatch, file: str, write: int) -> None:
    """The same for TensorBoard's files, which TensorFlow writes: with its error in such a case."""
    ended = tf.keras.callbacks.TensorBoard.on_epoch_end
    message = f"/run/{file}; {os.strerror(errno.ENOSPC)}"

    def fill(self: Any, epoch: int, logs: Any = None) -> None:
        if epoch == write - 1:
            raise tf.errors.ResourceExhaustedError(None, None, message)
        ended(self, epoch, logs)

    monkeypatch.setattr(tf.keras.callbacks.TensorBoard, "on_epoch_end", fill)


@pytest.mark.parametrize(
    ("file", "write", "finished"),
    [
        pytest.param("best.npz", 1, None, marks=pytest.mark.long),
        pytest.param("epochs.jsonl", 2, (1, 0), marks=pytest.mark.long),
        pytest.param("state-next.npz", 1, None, marks=pytest.mark.long),
        ("state-next.npz", 3, (1, 1)),
        pytest.param("retrained.npz", 1, (2, 2), marks=pytest.mark.long),
        pytest.param("result.json", 1, (2, 2), marks=pytest.mark.long),
        ("events", 2, (1, 0)),
    ],
)
def test_nothing_finished_is_lost(
    tmp_path: Path,
    corpus: Corpus,
    vectors: WordVectors,
    tiny_config: Make,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    uninterrupted: Path,
    file: str,
    write: int,
    finished: tuple[int, int] | None,
) -> None:
    folder = RunFolder(tmp_path / "run")

    def train(*, resume: bool) -> None:
        how: dict[str, Any] = {"resume": resume, "overwrite": False}
        train_run(tiny_config(), corpus, vectors, folder.path, console=io.StringIO(), **how)

    with monkeypatch.context() as patch:
        (fill_at_figures if file == "events" else fill_at)(patch, file, write)
        assert run_command(lambda: train(resume=False)) == USER_ERROR
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("multihead-at: error: ")
    assert file in line and os.strerror(errno.ENOSPC) in line
    assert not list(folder.path.glob(".writing-*"))
    if finished is not None:
        state = TrainingState.read(folder.state)
        assert (state.phase, state.epoch) == finished

    assert run_command(lambda: train(resume=True)) == 0
    assert differences(uninterrupted, folder.path) == []


@pytest.fixture(scope="module")
def uninterrupted(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> Path:
    """The folder of the training on a disk with room."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    how: dict[str, Any] = {"resume": False, "overwrite": False}
    train_run(tiny_config(), corpus, vectors, folder, console=io.StringIO(), **how)
    return folder
