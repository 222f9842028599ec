"""Numbers that people write."""

from __future__ import annotations


def read_number(kind: type, text: str) -> int | float:
    """Reads a number; Python also takes `1_0` for 10, which is more likely a slip.

    Args:
        kind: `int` or `float`.
        text: what was written.

    Raises:
        ValueError: it is no number of that kind.
    """
    if "_" in text:
        raise ValueError(f"Expected a number. Received: {text}")
    return kind(text)  # type: ignore[no-any-return]
