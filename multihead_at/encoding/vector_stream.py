"""Opening a vector file, plain or gzip."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from multihead_at.encoding.bounded_gzip import BoundedGzip
from multihead_at.errors import InputError

_GZIP_MARK = b"\x1f\x8b"
_BUFFER = 2**16


@contextmanager
def open_vector_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Opens a file for reading bytes; gzip is known by its first bytes, whatever the name says.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, or its gzip data are damaged or unpack to too much.
    """
    try:
        with open(path, "rb") as file:
            mark = file.read(len(_GZIP_MARK))
            file.seek(0)
            if mark == _GZIP_MARK:
                # Buffered once more: the vectors' readers ask for few bytes at a time.
                with io.BufferedReader(cast(io.RawIOBase, BoundedGzip(file, path)), _BUFFER) as unpacked:
                    yield unpacked
            else:
                yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"damaged or cut short gzip data received ({error})", path=path) from None
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from None
