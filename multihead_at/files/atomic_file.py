"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from multihead_at.errors import InputError

UNFINISHED = ".writing-"
"""What the temporary names begin with; a killed process leaves such files behind."""


@contextlib.contextmanager
def open_atomically(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Opens a file that takes its name only when the block ends well; till then an older one stays.

    Args:
        path: the file to write; its folder must exist. A symbolic link is followed, and stays.

    Yields:
        A binary file on the same disk, under a temporary name.

    Raises:
        InputError: the file cannot be written: no folder, no permission, no space, not a plain file.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        # As it was named: of a pipe below /dev the real path is none.
        if os.path.exists(path) and not os.path.isfile(path):
            # Renaming over a device or a pipe would delete it.
            raise InputError("cannot be written: not a plain file", path=path)
        try:
            with open(temporary, "xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
            flush_folder(target.parent)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()
    except OSError as error:
        # What the block has met elsewhere is not this file's: a reader of other output that has gone, or
        # another file, which the error then names.
        names = (None, os.fspath(target), os.fspath(temporary))
        if isinstance(error, BrokenPipeError) or error.filename not in names:
            raise
        raise InputError.from_os_error("written", error, path) from error


def flush_folder(path: str | os.PathLike[str]) -> None:
    """Has the disk keep the names of a folder's files: without it a new name can be gone with the power.

    Where the system or the file system cannot flush folders, nothing is done.

    Raises:
        OSError: the disk refuses.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders, and one may be written without being readable.
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
