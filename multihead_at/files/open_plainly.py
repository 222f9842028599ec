"""Opening a file that is where its name says."""

from __future__ import annotations

import errno
import os

# Windows has no such flag: there, only administrators make links.
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0)


def open_plainly(path: str | os.PathLike[str], flags: int) -> int:
    """Opens a file as `os.open` does, but not through a symbolic link: that could lead to any file.

    May be the `opener` of `open`.

    Raises:
        OSError: it is a symbolic link, or what `os.open` raises.
    """
    try:
        return os.open(path, flags | _NOT_FOLLOWED, 0o666)
    except OSError:
        if os.path.islink(path):
            message = "expected a file, received a symbolic link"
            raise OSError(errno.ELOOP, message, os.fspath(path)) from None
        raise
