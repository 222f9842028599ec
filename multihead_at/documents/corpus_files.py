"""The files of a corpus that lie in a folder as deep as one likes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from multihead_at.errors import InputError


def corpus_files(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """Yields the files below a folder, each folder's sorted by name; links are followed.

    Raises:
        InputError: the folder, or one below it, cannot be read.
    """

    def refuse(error: OSError) -> None:
        raise InputError.from_os_error("read", error, error.filename or folder) from error

    seen = set()
    # A corpus may be put together from links, which may also lead in circles.
    for parent, folders, names in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        # Hidden ones are no documents: macOS unpacks a `._name` beside every file.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
