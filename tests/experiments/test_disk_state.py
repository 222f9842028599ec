from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from multihead_at.errors import InputError
from multihead_at.experiments import DiskState, Row, Training
from multihead_at.runs import RunData

sys.path.insert(0, str(Path(__file__).parent))

from fake_training import settings_of

TRAINING = Training(Row("news", "bio", ("--fold=-1",), (1,)), 1)


@pytest.fixture
def state(tmp_path: Path) -> DiskState:
    return DiskState(tmp_path / "runs", tmp_path / "results", settings_of)


def write_run(folder: Path, *, finished: bool = True, **changes: Any) -> None:
    folder.mkdir(parents=True)
    settings = {**settings_of(TRAINING.flags), **changes}
    stored = {name: value for name, value in settings.items() if value is not None}
    (folder / "flags.json").write_text(json.dumps(stored), encoding="utf-8")
    for name in ("counts-test.csv", "predictions-test.txt", "state.npz"):
        (folder / name).write_text(name, encoding="utf-8")
    if finished:
        (folder / "result.json").write_text("{}", encoding="utf-8")


def test_nothing_is_there_at_first(state: DiskState) -> None:
    assert not state.is_finished(TRAINING)
    assert state.epochs(TRAINING) == []


def test_a_run_without_a_result_is_not_finished(state: DiskState) -> None:
    write_run(state.run_folder(TRAINING), finished=False)
    assert not state.is_finished(TRAINING)


@pytest.mark.parametrize("changes", [{}, {"threads": 7}, {"later_setting": 1}], ids=repr)
def test_a_run_of_the_same_settings_is_finished(state: DiskState, changes: dict[str, Any]) -> None:
    write_run(state.run_folder(TRAINING), **changes)
    assert state.is_finished(TRAINING)


@pytest.mark.parametrize("preset", ["faithful", "fast"])
def test_a_setting_that_an_older_run_lacks_is_at_its_default(tmp_path: Path, preset: str) -> None:
    state = DiskState(tmp_path, tmp_path, lambda flags: {**settings_of(flags), "preset": preset})
    write_run(state.run_folder(TRAINING))
    if preset == "faithful":
        assert state.is_finished(TRAINING)
    else:
        with pytest.raises(InputError, match="preset = 'faithful', and news/bio-seed1 has 'fast'"):
            state.is_finished(TRAINING)


def test_results_alone_are_enough(state: DiskState) -> None:
    write_run(state.results_folder(TRAINING))
    assert state.is_finished(TRAINING)
    assert not state.is_trained(TRAINING)


@pytest.mark.parametrize("place", ["run_folder", "results_folder"])
def test_other_settings_are_refused(state: DiskState, place: str) -> None:
    folder = getattr(state, place)(TRAINING)
    write_run(folder, nepochs="9")
    with pytest.raises(InputError, match="holds a run with nepochs = '9', and news/bio-seed1 has '2'"):
        state.is_finished(TRAINING)


NOW = RunData(("a", "b", "c"), "v")


@pytest.mark.parametrize(
    ("made_with", "other"),
    [
        (RunData(("a", "b", "c"), "v"), ""),
        (RunData(("a", "b", "d"), "v"), "test documents"),
        (RunData(("x", "b", "d"), "w"), "train documents and test documents and word vectors"),
        (RunData((), "w"), "word vectors"),
        (RunData(), ""),
    ],
)
@pytest.mark.parametrize("place", ["run_folder", "results_folder"])
def test_a_run_of_other_data_is_not_finished(
    tmp_path: Path, place: str, made_with: RunData, other: str
) -> None:
    state = DiskState(tmp_path / "runs", tmp_path / "results", settings_of, lambda settings: NOW)
    folder = getattr(state, place)(TRAINING)
    write_run(folder)
    write_environment(folder, made_with)
    if not other:
        assert state.is_finished(TRAINING)
        return
    with pytest.raises(InputError) as refused:
        state.is_finished(TRAINING)
    assert str(refused.value) == (
        f"{folder}: holds a run with other {other} than news/bio-seed1 has now: move it away, and it is "
        "trained again"
    )


def write_environment(folder: Path, data: RunData) -> None:
    environment: dict[str, Any] = {"python": "3"}
    if data.documents:
        environment["documents_sha256"] = dict(zip(("train", "dev", "test"), data.documents))
    if data.vectors:
        environment["word_vectors"] = {"name": "news", "sha256": data.vectors}
    (folder / "environment.json").write_text(json.dumps(environment), encoding="utf-8")


def test_where_the_data_are_not_there_results_are_enough(state: DiskState) -> None:
    folder = state.results_folder(TRAINING)
    write_run(folder)
    write_environment(folder, NOW)
    assert state.is_finished(TRAINING)


def test_collecting_copies_the_small_files(state: DiskState) -> None:
    write_run(state.run_folder(TRAINING))
    leavings = state.results_folder(TRAINING).with_name(".copying-bio-seed1")
    leavings.mkdir(parents=True)
    (leavings / "half").touch()
    state.collect(TRAINING)
    assert {path.name for path in state.results_folder(TRAINING).iterdir()} == {
        "flags.json",
        "counts-test.csv",
        "result.json",
    }
    assert not leavings.exists()


def test_somebodys_files_are_not_replaced(state: DiskState) -> None:
    write_run(state.run_folder(TRAINING))
    folder = state.results_folder(TRAINING)
    folder.mkdir(parents=True)
    (folder / "notes.txt").touch()
    with pytest.raises(InputError, match="cannot be written: Directory not empty"):
        state.collect(TRAINING)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
