"""The command line in a process of its own, which starts fast: a fork of one that has TensorFlow loaded."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path


class ForkedCommand:
    """Starts a command; its output goes to a file.

    This process may have imported TensorFlow, but must not have computed with it yet.

    Args:
        arguments: of `multihead-at`.
        output: the file.
        prepare: called in the new process before the command.
    """

    def __init__(
        self, arguments: Sequence[str], output: Path, prepare: Callable[[], None] | None = None
    ) -> None:
        self._output = output
        sys.stdout.flush()
        self.process_id = os.fork()
        if self.process_id == 0:
            _become(arguments, output, prepare)
        self._status: int | None = None

    def wait(self, seconds: float | None = None) -> int | None:
        """Waits for its end.

        Returns:
            Its exit status, negative for a signal; None if it still runs after so many seconds.
        """
        until = None if seconds is None else time.monotonic() + seconds
        while self._status is None:
            ended, status = os.waitpid(self.process_id, 0 if until is None else os.WNOHANG)
            if ended:
                self._status = os.waitstatus_to_exitcode(status)
            elif until is not None and time.monotonic() > until:
                return None
            else:
                time.sleep(0.005)
        return self._status

    def stop(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal, if it still runs."""
        if self._status is None:
            os.kill(self.process_id, number)

    def output(self) -> str:
        """What it has written so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")


def _become(arguments: Sequence[str], output: Path, prepare: Callable[[], None] | None) -> None:
    status = 1
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        # A shell has the processes that it starts in the background ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if prepare is not None:
            prepare()
        from multihead_at.cli.main import main

        status = main(arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
