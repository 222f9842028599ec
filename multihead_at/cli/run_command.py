"""What the user sees when a command does not end well."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TextIO

from multihead_at.errors import InputError

USER_ERROR = 2
INTERRUPTED = 130
TERMINATED = 143
_OUTPUT_CLOSED = 141

# What the machine or a path is to blame for. Any other OSError is a bug and keeps its traceback.
_OF_THE_MACHINE = frozenset(
    (
        errno.EACCES,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EIO,
        errno.EISDIR,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    )
)
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
# TensorFlow's has a module that is not loaded yet.
_OUT_OF_MEMORY = ("MemoryError", "ResourceExhaustedError")


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a command as Ctrl-C does."""


def run_command(function: Callable[[], int | None]) -> int:
    """Runs a command and turns a user's mistake, a full disk or Ctrl-C into one line on the error stream.

    So are SIGTERM, memory that does not suffice, and warnings that are meant for the user.

    Args:
        function: the command; an exception of another kind is a bug and passes through. The text of a
            `KeyboardInterrupt` is shown. May return an exit status of its own.

    Returns:
        The exit status: the command's own, else 0; 2 for a mistake, a full disk or too little memory, 130 for
        Ctrl-C, 143 for SIGTERM, 141 when nobody reads the output.
    """
    try:
        with _sigterm_as_interrupt(), warnings.catch_warnings():
            warnings.showwarning = _show_warning
            status = function()
        if sys.stdout is not None:  # as it is where it was closed from the start
            sys.stdout.flush()
    except InputError as error:
        return _complain(f"error: {error}", USER_ERROR)
    except KeyboardInterrupt as error:
        terminated = isinstance(error, _Terminated)
        message = ": ".join(filter(None, ("terminated" if terminated else "interrupted", str(error))))
        return _complain(message, TERMINATED if terminated else INTERRUPTED)
    except BrokenPipeError:
        # As after `multihead-at train --help | head`; Python would complain again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _OUTPUT_CLOSED
    except Exception as error:
        refusal = _refusal_of_the_machine(error)
        if refusal is None:
            raise
        return _complain(f"error: {refusal}", USER_ERROR)
    return status or 0


@contextlib.contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """SIGTERM as Ctrl-C, so that half-written files are removed; not where it is ignored."""

    def terminate(number: int, frame: FrameType | None) -> None:
        raise _Terminated

    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _refusal_of_the_machine(error: Exception) -> InputError | None:
    """A disk's, a path's or the memory's refusal in one line; None for any other error."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        if isinstance(error.filename, (str, bytes)):
            return InputError(error.strerror or str(error), path=os.fsdecode(error.filename))
        return InputError(str(error))
    # TensorFlow and HDF5 have exceptions of their own for a full disk, and words around the system's.
    for code in _OF_THE_DISK:
        if os.strerror(code) in str(error):
            return InputError(f"{os.strerror(code)}: {str(error).splitlines()[0]}")
    if type(error).__name__ in _OUT_OF_MEMORY:
        return InputError(f"out of memory: {(str(error).splitlines() or ['nothing more is known'])[0]}")
    return None


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """In one line what is meant for the user, with its place in the code what is meant for us."""
    if category is UserWarning:
        text = f"multihead-at: warning: {InputError(str(message))}\n"
    else:
        text = warnings.formatwarning(message, category, filename, lineno, line)
    (file or sys.stderr).write(text)


def _complain(message: str, status: int) -> int:
    print(f"multihead-at: {message}", file=sys.stderr)
    return status
