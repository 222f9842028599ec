"""gzip data that may not unpack to many times their size."""

from __future__ import annotations

import gzip
import os
from typing import BinaryIO

from multihead_at.errors import InputError

_MOST_TIMES = 10
_ALWAYS = 2**20


def check_unpacked_size(unpacked: int, packed: int, path: str | os.PathLike[str]) -> None:
    """Refuses what unpacks to more than ten times its size, and to more than a megabyte.

    Word vectors pack to a third of their size or to more, as numbers are hard to foretell. A bomb packs
    to a thousandth, and a file of a megabyte would take minutes and gigabytes.

    Args:
        unpacked: bytes.
        packed: bytes.
        path: the packed file.

    Raises:
        InputError: it does.
    """
    if unpacked > max(_ALWAYS, _MOST_TIMES * packed):
        raise InputError(
            f"{packed} bytes received that unpack to more than {_MOST_TIMES} times as many, which word "
            "vectors do not; unpack it first if you trust it",
            path=path,
        )


class BoundedGzip(gzip.GzipFile):
    """A gzip file for reading, which refuses to unpack too much: see `check_unpacked_size`.

    Args:
        file: the packed data.
        path: of the file, for messages.
    """

    def __init__(self, file: BinaryIO, path: str | os.PathLike[str]) -> None:
        super().__init__(fileobj=file, mode="rb")
        self._path = path
        self._packed = os.fstat(file.fileno()).st_size
        self._most = max(_ALWAYS, _MOST_TIMES * self._packed)

    def read(self, size: int | None = -1) -> bytes:
        """Reads so many bytes, or all.

        Raises:
            InputError: it unpacks to too much.
        """
        room = max(0, self._most - self.tell()) + 1
        data = super().read(room if size is None or size < 0 else min(size, room))
        check_unpacked_size(self.tell(), self._packed, self._path)
        return data
