"""A lock on a file: held by one process at a time, and gone with it however it ends."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path

from multihead_at.errors import InputError
from multihead_at.files.open_plainly import open_plainly

try:
    import fcntl
except ImportError:  # not on Windows: there, nothing is locked
    fcntl = None  # type: ignore[assignment]

_TRIES = 5
_PAUSE = 0.1  # seconds
_LONGEST_NAME = 200


class FileLock:
    """Keeps a second process from a folder's files. The file stays; it says who held the lock last.

    Where the file system knows no locks, none is held and nobody is refused.

    Args:
        path: the file; made when the lock is taken, its folder must exist.
        patience: how many seconds to wait for it.
    """

    def __init__(self, path: str | os.PathLike[str], *, patience: float = 0.0) -> None:
        self.path = Path(path)
        self.patience = patience
        self._descriptor: int | None = None

    def __enter__(self) -> FileLock:
        self.take()
        return self

    def __exit__(self, *unused: object) -> None:
        self.release()

    def take(self) -> None:
        """Takes the lock.

        Raises:
            InputError: another process holds it (the message says which), or the file cannot be written.
        """
        give_up = time.monotonic() + max(self.patience, _TRIES * _PAUSE)
        try:
            descriptor = open_plainly(self.path, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise InputError.from_os_error("written", error, self.path) from error
        # Tried more than once in any case, as somebody who only looks (`holder`) has it for an instant.
        while not _lock(descriptor):
            if time.monotonic() > give_up:
                name = _read_name(descriptor)
                os.close(descriptor)
                raise InputError(
                    f"in use by {name}; expected a folder that no other process works on",
                    path=self.path.parent,
                )
            time.sleep(_PAUSE)
        self._descriptor = descriptor
        with contextlib.suppress(OSError):  # a full disk must not keep the lock from being one
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())

    def release(self) -> None:
        """Gives the lock up, where it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> str | None:
        """Who holds it, as `process 17 on here`; None where nobody does."""
        try:
            descriptor = open_plainly(self.path, os.O_RDONLY)
        except OSError:
            return None
        try:
            # Shared: two who look at once are no holders to each other.
            return None if _lock(descriptor, shared=True) else _read_name(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, *, shared: bool = False) -> bool:
    """Whether nobody else holds it; closing the descriptor unlocks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _read_name(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    name = os.read(descriptor, _LONGEST_NAME).decode("utf-8", "replace").strip()
    return name or "another process"
