"""Standard streams that the program was started without, as by `>&-`."""

from __future__ import annotations

import os

_STANDARD_INPUT_OUTPUT_ERROR = (0, 1, 2)


def hold_closed_streams() -> None:
    """Opens nothing in place of each: else the first files to be opened would get what TensorFlow prints.

    Python's own `sys.stdin`, `sys.stdout` and `sys.stderr` stay None.
    """
    for descriptor in _STANDARD_INPUT_OUTPUT_ERROR:
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free, which is this one
