"""What a write of a checkpoint can meet: a kill at any of its moments, and a disk that is full."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from unittest import mock

MOMENTS = (
    "before it",
    "half written",
    "before the flush",
    "before the rename",
    "before the other renames",
    "between the other renames",
)
# Written under this name; then the newest becomes the one before, and this the newest.
_NEXT, _NEWEST = "state-next.npz", "state.npz"
FULL_DISK = "full disk"


def stop_write(moment: str, number: int) -> None:
    """Has the process stop within a write of the state.

    Args:
        moment: one of `MOMENTS`, at which it kills itself; or `FULL_DISK`: half of it fits.
        number: of the write, from 1.
    """
    # Loads TensorFlow.
    from multihead_at.training import array_file

    opened, replace = array_file.open_atomically, os.replace
    writes = 0

    @contextlib.contextmanager
    def open_and_stop(path: Any) -> Iterator[BinaryIO]:
        nonlocal writes
        writes += Path(path).name == _NEXT
        if Path(path).name != _NEXT or writes != number:
            with opened(path) as file:
                yield file
            return
        if moment == "before it":
            _kill()
        with contextlib.ExitStack() as stack:
            if moment == "before the flush":
                stack.enter_context(mock.patch.object(os, "fsync", _kill))
            if moment == "before the rename":
                stack.enter_context(mock.patch.object(os, "replace", _kill))
            file = stack.enter_context(opened(path))
            yield _HalfWritten(file, moment) if moment in ("half written", FULL_DISK) else file  # type: ignore[misc]
        if moment != "between the other renames":
            _kill()
        os.replace = replace_or_stop  # type: ignore[assignment]

    def replace_or_stop(source: Any, target: Any) -> None:
        if Path(target).name == _NEWEST:
            _kill()
        replace(source, target)

    array_file.open_atomically = open_and_stop  # type: ignore[assignment]


class _HalfWritten:
    """A file that takes half of what it is given."""

    def __init__(self, file: BinaryIO, moment: str) -> None:
        self._file = file
        self._moment = moment

    def write(self, data: Any) -> int:
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        if self._moment == FULL_DISK:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _kill()
        return 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _kill(*unused: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
