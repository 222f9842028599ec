"""The folder of a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.config import Config
from multihead_at.errors import InputError
from multihead_at.training import RunFolder

Make = Callable[..., Config]


def test_a_new_folder_holds_the_settings(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path / "deep" / "run")
    folder.open(tiny_config(), resume=False, overwrite=False)
    assert folder.load_config() == tiny_config()


def test_a_second_run_says_what_to_do(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    folder.open(tiny_config(), resume=False, overwrite=False)
    with pytest.raises(InputError, match="--resume continues it, --overwrite replaces it"):
        folder.open(tiny_config(), resume=False, overwrite=False)
    folder.open(tiny_config(), resume=True, overwrite=False)


def test_other_settings_cannot_continue_a_run(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    folder.open(tiny_config(), resume=False, overwrite=False)
    with pytest.raises(InputError, match=r"learning_rate = 0\.01, received 0\.5"):
        folder.open(tiny_config(learning_rate=0.5), resume=True, overwrite=False)
    folder.open(tiny_config(threads=2), resume=True, overwrite=False)


def test_a_run_of_before_there_were_folds_has_the_files_own_split(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    settings = tiny_config().to_dict()
    del settings["fold"], settings["decoding"]
    folder.flags.write_text(json.dumps(settings), encoding="utf-8")
    assert folder.load_config() == tiny_config()
    folder.open(tiny_config(), resume=True, overwrite=False)
    with pytest.raises(InputError, match="fold = -1, received 2"):
        folder.open(tiny_config(fold=2), resume=True, overwrite=False)


def test_overwriting_removes_only_what_a_run_writes(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    folder.open(tiny_config(), resume=False, overwrite=False)
    mine = tmp_path / "notes.txt"
    for path in (mine, folder.state, folder.result, folder.predictions("dev"), folder.scores("test")):
        path.write_text("x", encoding="utf-8")
    (folder.tensorboard / "phase_1").mkdir(parents=True)
    folder.open(tiny_config(seed=9), resume=False, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flags.json", "notes.txt"]
    assert folder.load_config().seed == 9


def test_weights_of_a_run_that_is_not_finished(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    with pytest.raises(InputError, match="no trained weights"):
        folder.tested_weights()
    folder.best.write_bytes(b"")
    assert folder.tested_weights() == folder.best
    folder.retrained.write_bytes(b"")
    folder.result.write_text('{"test": {"weights": "retrained.npz"}}', encoding="utf-8")
    assert folder.tested_weights() == folder.retrained


def test_a_result_that_is_none_is_named(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.best.write_bytes(b"")
    folder.result.write_text('{"test": 3}', encoding="utf-8")
    with pytest.raises(InputError, match=r"result\.json: expected the result of a run"):
        folder.tested_weights()
