from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.files import FileLock

HOLDER = """
import sys
from multihead_at.files import FileLock
FileLock(sys.argv[1]).take()
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".lock"


@pytest.fixture
def other(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    return process


def test_a_second_one_is_refused_and_told_who_has_it(path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(InputError) as caught:
        FileLock(path).take()
    assert str(caught.value).startswith(f"{path.parent}: in use by process {other.pid} on ")
    assert (FileLock(path).holder() or "").startswith(f"process {other.pid} on ")
    other.kill()
    other.communicate()


def test_it_is_gone_with_a_killed_process(path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.communicate()
    assert FileLock(path).holder() is None
    with FileLock(path):
        pass


def test_it_can_be_waited_for(path: Path, other: subprocess.Popen[str]) -> None:
    lock = FileLock(path, patience=30.0)
    assert other.stdin is not None
    other.stdin.close()
    with lock:
        assert other.wait() == 0
    assert other.stdout is not None
    other.stdout.close()


def test_it_is_free_after_its_block(path: Path) -> None:
    assert FileLock(path).holder() is None
    with FileLock(path):
        assert FileLock(path).holder() is not None
    assert FileLock(path).holder() is None


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file"):
        FileLock(tmp_path / "nowhere" / ".lock").take()


def test_who_only_looks_is_no_holder_to_another_who_looks(path: Path) -> None:
    path.touch()
    with open(path, "rb") as looked_at:
        fcntl.flock(looked_at, fcntl.LOCK_SH)
        assert FileLock(path).holder() is None


def test_a_file_that_may_only_be_read_can_be_looked_at(
    path: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def open_to_read(path: Path, flags: int, *mode: int) -> int:
        # By hand: root may write anything.
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", open_to_read)
    assert (FileLock(path).holder() or "").startswith(f"process {other.pid} on ")
    other.kill()
    other.communicate()


@pytest.mark.parametrize("leads_somewhere", [False, True])
def test_a_symbolic_link_is_not_followed(path: Path, leads_somewhere: bool) -> None:
    target = path.with_name("somebodys.txt")
    if leads_somewhere:
        target.write_text("text")
    path.symlink_to(target)
    with pytest.raises(InputError) as caught:
        FileLock(path).take()
    message = "cannot be written: expected a file, received a symbolic link"
    assert str(caught.value) == f"{path}: {message}"
    assert FileLock(path).holder() is None
    assert target.exists() == leads_somewhere
    assert not leads_somewhere or target.read_text() == "text"
