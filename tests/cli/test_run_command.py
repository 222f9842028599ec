from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable

import pytest

from multihead_at.cli.run_command import run_command
from multihead_at.errors import InputError


def raising(error: BaseException) -> Callable[[], None]:
    def function() -> None:
        raise error

    return function


def test_what_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(lambda: print("done")) == 0
    assert capsys.readouterr() == ("done\n", "")


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (InputError("bad", path="f.txt", line=3), 2, "error: f.txt:3: bad"),
        (InputError("two\nlines"), 2, "error: two\\nlines"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (KeyboardInterrupt("--resume continues x"), 130, "interrupted: --resume continues x"),
        (MemoryError(), 2, "error: out of memory: nothing more is known"),
        (MemoryError("Unable to allocate 9 TiB"), 2, "error: out of memory: Unable to allocate 9 TiB"),
        (
            OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
            2,
            "error: [Errno 12] Cannot allocate memory",
        ),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "runs/x"),
            2,
            "error: runs/x: No space left on device",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", b"runs/x"),
            2,
            "error: runs/x: Permission denied",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "error: [Errno 28] No space left on device"),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "a"),
            2,
            "error: a: No such file or directory",
        ),
        # Libraries have exceptions of their own for a full disk.
        (
            RuntimeError("write failed; No space left on device\nmore"),
            2,
            "error: No space left on device: write failed; No space left on device",
        ),
    ],
    ids=repr,
)
def test_what_is_not_a_bug_is_one_line(
    error: BaseException, status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(raising(error)) == status
    assert capsys.readouterr() == ("", f"multihead-at: {line}\n")


@pytest.mark.parametrize(
    "error",
    [ValueError("bug"), OSError("no number"), OSError(errno.EBADF, "Bad file descriptor"), RuntimeError()],
)
def test_a_bug_passes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        run_command(raising(error))
    assert caught.value is error


def test_warnings_for_the_user_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def function() -> None:
        warnings.simplefilter("always")
        warnings.warn("no cache\nhere", stacklevel=1)
        warnings.warn("overflow", RuntimeWarning, stacklevel=1)

    assert run_command(function) == 0
    first, second = capsys.readouterr().err.splitlines()[:2]
    assert first == "multihead-at: warning: no cache\\nhere"
    assert second.startswith(__file__) and second.endswith(": RuntimeWarning: overflow")


def test_a_reader_that_has_gone_away_is_no_error() -> None:
    program = (
        "import sys\n"
        "from multihead_at.cli.run_command import run_command\n"
        "sys.exit(run_command(lambda: print('x' * 10**6)))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), complaint) == (141, b"")


def test_sigterm_ends_a_command_as_ctrl_c_does(capsys: pytest.CaptureFixture[str]) -> None:
    left_well = []

    def function() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            left_well.append(True)

    assert run_command(function) == 143
    assert capsys.readouterr() == ("", "multihead-at: terminated\n")
    assert left_well == [True]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_sigterm_stays_ignored_where_it_is() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert run_command(lambda: signal.raise_signal(signal.SIGTERM)) == 0
    finally:
        signal.signal(signal.SIGTERM, before)
