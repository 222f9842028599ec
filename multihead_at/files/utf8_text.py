"""Text files, whole, with the line of what is no text."""

from __future__ import annotations

import os

from multihead_at.errors import InputError


def read_utf8(path: str | os.PathLike[str], *, encoding: str = "utf-8") -> str:
    """Reads a file as it stands, its line ends too.

    Args:
        path: the file.
        encoding: `utf-8-sig` drops a byte order mark.

    Raises:
        InputError: the file cannot be read or is not UTF-8; with the line.
    """
    try:
        with open(path, "rb") as file:
            return file.read().decode(encoding)
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{error.object[error.start]:02x} received, expected UTF-8"
        raise InputError(message, path=path, line=line) from error
