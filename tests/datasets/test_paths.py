"""Where files are looked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from multihead_at.datasets import default_data_dir, flags_dir, paths, resolve_path, sample_dir
from multihead_at.errors import InputError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _file(*parts: str | Path) -> Path:
    path = Path(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    return path


def test_the_data_folder_is_the_environment_variable_or_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", "corpora")
    assert default_data_dir() == Path("corpora")
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", "")
    assert default_data_dir() == Path("data")
    monkeypatch.delenv("MULTIHEAD_AT_DATA_DIR")
    assert default_data_dir() == Path("data")


def test_the_file_as_given_comes_first(here: Path, tmp_path: Path) -> None:
    _file(here, "data", "CoNLL04", "train.txt")
    _file(tmp_path, "corpora", "CoNLL04", "train.txt")
    assert resolve_path("data/CoNLL04/train.txt", tmp_path / "corpora") == Path("data/CoNLL04/train.txt")


@pytest.mark.parametrize(
    "name",
    ["CoNLL04/train.txt", "data/CoNLL04/train.txt", "./data/CoNLL04/Train.TXT", "Data/conll04/train.txt"],
)
def test_an_original_path_is_found_below_the_data_folder_in_any_case(
    here: Path, tmp_path: Path, name: str
) -> None:
    path = _file(tmp_path, "corpora", "conll04", "train.txt")
    assert resolve_path(name, tmp_path / "corpora") == path


@pytest.mark.skipif(os.path.exists(__file__.upper()), reason="this file system ignores case by itself")
def test_the_exact_spelling_comes_before_another_case(here: Path, tmp_path: Path) -> None:
    _file(tmp_path, "CONLL04", "train.txt")
    exact = _file(tmp_path, "conll04", "train.txt")
    assert resolve_path("conll04/train.txt", tmp_path) == exact


@pytest.mark.skipif(os.path.exists(__file__.upper()), reason="this file system ignores case by itself")
def test_every_folder_that_fits_is_searched(here: Path, tmp_path: Path) -> None:
    _file(tmp_path, "CoNLL04", "other.txt")
    path = _file(tmp_path, "conll04", "train.txt")
    assert resolve_path("CoNLL04/train.txt", tmp_path) == path


def test_a_folder_is_not_a_file(here: Path, tmp_path: Path) -> None:
    (here / "train.txt").mkdir()
    path = _file(tmp_path, "corpora", "train.txt")
    assert resolve_path("train.txt", tmp_path / "corpora") == path


def test_a_folder_in_place_of_a_file_is_told(here: Path, tmp_path: Path) -> None:
    (here / "train").mkdir()
    with pytest.raises(InputError, match=r"train: train file: a folder received, expected a file"):
        resolve_path("train", tmp_path, what="train file:")


@pytest.mark.parametrize("name", ["sample/train.txt", "data/sample/train.txt"])
def test_the_sample_that_comes_with_the_package_is_the_last_resort(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    bundled = _file(tmp_path, "bundled", "train.txt")
    monkeypatch.setattr(paths, "sample_dir", lambda: tmp_path / "bundled")
    assert resolve_path(name, tmp_path / "corpora") == bundled
    mine = _file(tmp_path, "corpora", "sample", "train.txt")
    assert resolve_path(name, tmp_path / "corpora") == mine


def test_a_missing_file_is_told_with_all_places_and_the_way_out(here: Path, tmp_path: Path) -> None:
    corpora = tmp_path / "corpora"
    corpora.mkdir()
    with pytest.raises(InputError) as caught:
        resolve_path("data/sample/none.txt", corpora, what="train file")
    message = str(caught.value)
    assert message.startswith(
        "train file 'data/sample/none.txt' not found. Looked for data/sample/none.txt, "
    )
    assert f"{corpora / 'sample' / 'none.txt'} (in any case), {sample_dir() / 'none.txt'}." in message
    assert "does not exist" not in message
    assert "--data_dir or MULTIHEAD_AT_DATA_DIR" in message
    assert "docs/data.md say where" in message


def test_a_missing_data_folder_is_told(here: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"The data folder '.*corpora' does not exist"):
        resolve_path("conll04/train.txt", tmp_path / "corpora")


def test_an_absolute_path_is_only_tried_as_given(here: Path, tmp_path: Path) -> None:
    _file(tmp_path, "corpora", "train.txt")
    path = _file(tmp_path, "elsewhere", "train.txt")
    assert resolve_path(path, tmp_path / "corpora") == path
    with pytest.raises(InputError, match=r"Looked for [^,]*none/train.txt\. "):
        resolve_path(tmp_path / "none" / "train.txt", tmp_path / "corpora")


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_what_is_no_name_is_refused(here: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"train file: name .* received, expected the name of a file"):
        resolve_path(name, here, what="train file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_as_good_as_a_file(here: Path) -> None:
    os.mkfifo(here / "pipe")
    assert resolve_path("pipe", here / "data") == Path("pipe")


def test_a_file_that_may_not_be_looked_at_is_left_to_the_reader(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    assert resolve_path("closed/train.txt", tmp_path) == Path("closed/train.txt")


def test_a_data_folder_that_may_not_be_listed_is_told(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(InputError) as caught:
        resolve_path("train.txt", tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Permission denied"


def test_flags_and_sample_lie_in_the_package_when_installed_else_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "multihead_at"
    package.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    monkeypatch.setattr(paths, "_CHECKOUT", tmp_path)
    assert (flags_dir(), sample_dir()) == (tmp_path / "flags", tmp_path / "data" / "sample")
    (package / "flags").mkdir()
    (package / "sample").mkdir()
    assert (flags_dir(), sample_dir()) == (package / "flags", package / "sample")
