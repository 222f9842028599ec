"""A folder in the place of another, without a moment of none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from multihead_at.export import replace_folder as module
from multihead_at.export.replace_folder import put_back, replace_folder

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two names at once")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return made(tmp_path / "1", "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return made(tmp_path / ".writing-0123", "new")


def made(folder: Path, content: str) -> Path:
    folder.mkdir()
    (folder / "model").write_text(content)
    return folder


def content(folder: Path) -> str:
    return (folder / "model").read_text()


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_where_none_was(new: Path, tmp_path: Path) -> None:
    replace_folder(new, tmp_path / "1")
    assert content(tmp_path / "1") == "new"
    assert not new.exists()


@ON_LINUX
def test_both_names_are_exchanged_at_once(
    old: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refuse)
    replace_folder(new, old)
    assert (content(old), content(new)) == ("new", "old")
    assert len(list(tmp_path.iterdir())) == 2


def test_in_two_steps_where_they_cannot_be(
    old: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_exchange", lambda *_: False)
    replace_folder(new, old)
    assert content(old) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["1"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
def test_the_old_one_is_back_where_the_second_step_fails(
    old: Path,
    new: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    interruption: type[BaseException],
) -> None:
    replace = os.replace

    def stop_second(source: Path, target: Path) -> None:
        if source == new:
            raise interruption
        replace(source, target)

    monkeypatch.setattr(module, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "replace", stop_second)
    with pytest.raises(interruption):
        replace_folder(new, old)
    assert (content(old), content(new)) == ("old", "new")
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_kill_between_the_steps_left_is_put_back(tmp_path: Path) -> None:
    made(tmp_path / ".replaced-1", "of a killed process")
    made(tmp_path / ".replaced-2", "replaced, but not removed")
    made(tmp_path / "2", "new")
    put_back(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]
    assert (content(tmp_path / "1"), content(tmp_path / "2")) == ("of a killed process", "new")
