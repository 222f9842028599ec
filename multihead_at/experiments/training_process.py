"""A training in a process of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from multihead_at.errors import InputError

_PR_SET_PDEATHSIG = 1
_LAST_BYTES = 4096


class TrainingProcess:
    """Starts a command whose output goes to a log file.

    It gets no Ctrl-C of the terminal, which is for `interrupt` to pass on. Where the system can (Linux), it
    is killed when this process ends in whatever way, so that it never works beside its successor.

    Args:
        command: the program and its arguments.
        log: a file, appended to; its folder is made.

    Raises:
        InputError: the log cannot be written, or the program cannot be started.
    """

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._log = log
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with open(log, "ab") as output:
                output.write(f"$ {shlex.join(command)}\n".encode())
                output.flush()
                self._begins_at = output.tell()
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=_preparation(os.getpid()),
                )
        except OSError as error:
            raise InputError.from_os_error("written or its command started", error, log) from error

    @property
    def status(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.poll()

    def interrupt(self) -> None:
        """Asks it to end, as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)

    def end(self, patience: float) -> None:
        """Waits so many seconds for it to end, then kills it."""
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def failure(self) -> str:
        """What went wrong: the last line of its output, and the signal that has ended it."""
        lines = [line for line in self._last_output().splitlines() if line.strip()]
        reason = lines[-1].strip() if lines else f"exit status {self.status}, without a word"
        if self.status is not None and self.status < 0:
            return f"ended by signal {_signal_name(-self.status)}; last line: {reason}"
        return reason

    def _last_output(self) -> str:
        with contextlib.suppress(OSError), open(self._log, "rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(self._begins_at, size - _LAST_BYTES))
            return log.read().decode("utf-8", "replace")
        return ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _preparation(parent: int) -> Callable[[], None]:
    """What the new process does before it becomes the command; all that it needs is loaded beforehand."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None

    def prepare() -> None:
        # A shell starts what runs in the background with Ctrl-C ignored, and that would be inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return prepare
