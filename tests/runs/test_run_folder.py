"""The folder of a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.config import Config
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder

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


def test_other_threads_are_told_and_another_eval_batch_size_is_not(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    folder.open(tiny_config(), resume=False, overwrite=False)
    folder.open(tiny_config(eval_batch_size=1), resume=True, overwrite=False)
    with pytest.warns(UserWarning) as caught:
        folder.open(tiny_config(threads=2), resume=True, overwrite=False)
    assert [str(warning.message) for warning in caught] == [
        f"{tmp_path}: began with threads = 1, goes on with 2: sums may be rounded otherwise, and the run "
        "ends with other bits"
    ]
    # Nothing goes on any more.
    folder.save_result({"test": None})
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
    of_splits = (folder.predictions("dev"), folder.predictions("evaluated-mine"), folder.scores("test"))
    for path in (mine, folder.state, folder.result, *of_splits):
        path.write_text("x", encoding="utf-8")
    (folder.tensorboard / "phase_1").mkdir(parents=True)
    folder.open(tiny_config(seed=9), resume=False, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flags.json", "notes.txt"]
    assert folder.load_config().seed == 9


def test_a_killed_overwrite_leaves_a_run_of_the_old_settings_or_nothing(
    tmp_path: Path, tiny_config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, left = Path.unlink, [0]

    def unlink_or_stop(path: Path, missing_ok: bool = False) -> None:
        if path.parent == tmp_path and path.exists():
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
        unlink(path, missing_ok=missing_ok)

    folder = RunFolder(tmp_path)
    folder.open(tiny_config(), resume=False, overwrite=False)
    written = [
        file for file in vars(folder).values() if file not in (tmp_path, folder.tensorboard, folder.lock)
    ]
    for kills_after in range(len(written)):
        for file in written:
            if file != folder.flags:
                file.write_text("old", encoding="utf-8")
        left[0] = kills_after
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(Path, "unlink", unlink_or_stop)
            folder.open(tiny_config(seed=9), resume=False, overwrite=True)
        assert folder.result.exists() == (kills_after == 0)
        assert folder.load_config() == tiny_config()
        with pytest.raises(InputError, match="seed = 1, received 9"):
            folder.open(tiny_config(seed=9), resume=True, overwrite=False)


def test_without_settings_what_a_run_wrote_is_not_gone_on_from(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    left = (folder.result, folder.state, folder.state_before, folder.best, folder.epochs, folder.environment)
    for path in (*left, folder.predictions("test"), tmp_path / "notes.txt"):
        path.write_text("old", encoding="utf-8")
    folder.open(tiny_config(), resume=True, overwrite=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flags.json", "notes.txt"]


def test_somebodys_own_figures_for_tensorboard_stay(tmp_path: Path, tiny_config: Make) -> None:
    folder = RunFolder(tmp_path)
    for path in (folder.tensorboard / "mine", folder.tensorboard_of(1), folder.tensorboard_of(2)):
        path.mkdir(parents=True)
    folder.open(tiny_config(), resume=False, overwrite=False)
    assert [path.name for path in folder.tensorboard.iterdir()] == ["mine"]


def test_a_result_has_a_checksum_and_older_ones_do_without(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.save_result({"test": {"weights": "best.npz", "overall_f1": 61.25}})
    assert folder.load_result()["test"]["overall_f1"] == 61.25
    changed = folder.result.read_text(encoding="utf-8").replace("61.25", "91.25")
    folder.result.write_text(changed, encoding="utf-8")
    with pytest.raises(InputError, match=r"result\.json: damaged or changed by hand"):
        folder.load_result()
    folder.result.write_text('{"test": 3}', encoding="utf-8")
    assert folder.load_result() == {"test": 3}


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
