"""The lines of a file of any size."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from multihead_at.errors import InputError

MOST_BYTES = 2**22
"""Of a line, and of a record of several: more would not be text, and would not fit into memory."""


class InputLine(NamedTuple):
    """A line.

    Attributes:
        number: from 1.
        raw: what stands there, without its end; of a line that is too long the beginning.
        is_whole: whether it is not too long.
    """

    number: int
    raw: bytes
    is_whole: bool

    def decode(self) -> str:
        """The line as text.

        Raises:
            InputError: it is too long or no UTF-8.
        """
        if not self.is_whole:
            raise InputError(f"line or document of more than {MOST_BYTES} bytes received, expected less")
        try:
            return self.raw.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = self.raw[error.start]
            message = f"byte 0x{byte:02x} at position {error.start + 1} received, expected UTF-8"
            raise InputError(message) from None

    def shown(self) -> str:
        """The line as text, whatever it holds."""
        return self.raw.decode("utf-8", errors="backslashreplace")


def iterate_lines(file: BinaryIO, on_bytes: Callable[[int], object] | None = None) -> Iterator[InputLine]:
    """Yields the lines of a file, which end in LF or CR LF, holding one at a time.

    Args:
        file: the file.
        on_bytes: called with the number of bytes read since the last call.
    """
    number = 0
    while True:
        raw = file.readline(MOST_BYTES)
        if not raw:
            return
        number += 1
        read = len(raw)
        is_whole = raw.endswith(b"\n") or read < MOST_BYTES
        if not is_whole:
            rest = raw
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(MOST_BYTES)
                read += len(rest)
        if on_bytes is not None:
            on_bytes(read)
        if number == 1:
            raw = raw.removeprefix(BOM_UTF8)
        if raw.endswith(b"\n"):
            raw = raw[:-2] if raw.endswith(b"\r\n") else raw[:-1]
        yield InputLine(number, raw if is_whole else raw[:1000], is_whole)
