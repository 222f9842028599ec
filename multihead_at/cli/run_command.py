"""What the user sees when a command does not end well."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Callable
from typing import TextIO

from multihead_at.errors import InputError

USER_ERROR = 2
INTERRUPTED = 130
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
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    )
)
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)


def run_command(function: Callable[[], None]) -> int:
    """Runs a command and turns a user's mistake, a full disk or Ctrl-C into one line on the error stream.

    So are warnings that are meant for the user.

    Args:
        function: the command; an exception of another kind is a bug and passes through.

    Returns:
        The exit status: 0, 2 for a mistake or a full disk, 130 for Ctrl-C, 141 when nobody reads the output.
    """
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            function()
        sys.stdout.flush()
    except InputError as error:
        return _complain(f"error: {error}", USER_ERROR)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # As after `multihead-at train --help | head`; Python would complain again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _OUTPUT_CLOSED
    except Exception as error:
        refusal = _refusal_of_the_machine(error)
        if refusal is None:
            raise
        return _complain(f"error: {refusal}", USER_ERROR)
    return 0


def _refusal_of_the_machine(error: Exception) -> InputError | None:
    """A disk's or a path's refusal in one line; None for any other error."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        if isinstance(error.filename, (str, bytes)):
            return InputError(error.strerror or str(error), path=os.fsdecode(error.filename))
        return InputError(str(error))
    # TensorFlow and HDF5 have exceptions of their own for a full disk, and words around the system's.
    for code in _OF_THE_DISK:
        if os.strerror(code) in str(error):
            return InputError(f"{os.strerror(code)}: {str(error).splitlines()[0]}")
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
