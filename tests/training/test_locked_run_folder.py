"""One process at a time in the folder of a run, and what a killed one leaves behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.encoding import WordVectors
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.training import train_run

Make = Callable[..., Config]


def test_a_second_training_in_the_folder_is_refused(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    folder = tmp_path / "run"
    with RunFolder(folder).locked():
        for resume in (True, False):
            with pytest.raises(InputError, match=r"in use by process .*; expected a folder that no other"):
                train_run(
                    tiny_config(),
                    corpus,
                    vectors,
                    folder,
                    resume=resume,
                    overwrite=not resume,
                    console=io.StringIO(),
                )
    assert [path.name for path in folder.iterdir()] == [".lock"]


def test_half_written_files_of_a_killed_process_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".writing-0123").write_bytes(b"half")
    (tmp_path / "notes.txt").touch()
    with RunFolder(tmp_path).locked():
        assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "notes.txt"]


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(InputError, match="cannot be written"), RunFolder(tmp_path / "run").locked():
        pass
