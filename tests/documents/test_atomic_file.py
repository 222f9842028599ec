"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from multihead_at.documents import open_atomically
from multihead_at.errors import InputError


def test_the_file_takes_its_name_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with open_atomically(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, InputError])
def test_an_interruption_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with pytest.raises(interruption), open_atomically(path) as file:
        file.write(b"new")
        raise interruption("stop")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_disk_or_missing_permission_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(InputError) as caught, open_atomically(path) as file:
        file.write(b"new")
    assert str(caught.value) == f"{path}: cannot be written: {os.strerror(number)}"
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.txt"]


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught, open_atomically(path):
        pytest.fail("nothing can be written here")
    return str(caught.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "out.txt"
    assert _refusal(path) == f"{path}: cannot be written: No such file or directory"


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.txt"

    def refuse(*_: object, **__: object) -> None:
        # By hand: root may write anywhere.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("builtins.open", refuse)
    refusal = _refusal(path)
    monkeypatch.undo()
    assert refusal == f"{path}: cannot be written: Permission denied"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    assert _refusal(tmp_path) == f"{tmp_path}: cannot be written: not a plain file"
    assert tmp_path.is_dir()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _refusal(pipe) == f"{pipe}: cannot be written: not a plain file"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_symbolic_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    with open_atomically(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
