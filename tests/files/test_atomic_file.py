"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.files import open_atomically
from multihead_at.files.atomic_file import flush_folder


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


def test_a_pipe_without_a_name_is_told_as_one() -> None:
    reading, writing = os.pipe()
    try:
        assert (
            _refusal(Path(f"/dev/fd/{writing}")) == f"/dev/fd/{writing}: cannot be written: not a plain file"
        )
    finally:
        os.close(reading)
        os.close(writing)


def test_a_symbolic_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    with open_atomically(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_the_new_name_is_flushed_to_the_disk_after_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    flush, replace = os.fsync, os.replace

    def note_flush(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        flush(descriptor)

    def note_name(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(os, "replace", note_name)
    with open_atomically(tmp_path / "out.txt") as file:
        file.write(b"new")
    assert done == ["file", "name", "folder"]


@pytest.mark.parametrize(
    ("number", "is_told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)]
)
def test_a_file_system_that_flushes_no_folders_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_told: bool
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError) if is_told else contextlib.nullcontext():
        flush_folder(tmp_path)


def test_a_folder_that_cannot_be_opened_is_not_flushed(tmp_path: Path) -> None:
    flush_folder(tmp_path / "none")


@pytest.mark.parametrize(
    "error", [BrokenPipeError(32, "Broken pipe"), IsADirectoryError(21, "Is a directory", "other")]
)
def test_what_the_block_meets_elsewhere_is_not_blamed_on_the_file(tmp_path: Path, error: OSError) -> None:
    with pytest.raises(type(error)) as caught, open_atomically(tmp_path / "a"):
        raise error
    assert caught.value is error
    assert list(tmp_path.iterdir()) == []
