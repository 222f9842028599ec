"""A time as people say it."""

from __future__ import annotations

_UNITS = (("d", 24 * 3600), ("h", 3600), ("min", 60), ("s", 1))


def format_duration(seconds: float) -> str:
    """Its two largest units, as `3 h 20 min`.

    Args:
        seconds: at least 0.
    """
    rest = round(seconds)
    for (unit, size), (smaller, smaller_size) in zip(_UNITS, _UNITS[1:]):
        if rest >= size:
            # The smaller unit is rounded, which can make a whole one of the larger.
            pieces = round(rest / smaller_size)
            whole, part = divmod(pieces, size // smaller_size)
            return f"{whole} {unit}" + (f" {part} {smaller}" if part else "")
    return f"{rest} s"
