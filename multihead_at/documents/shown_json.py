"""What stands in a JSON file, for messages."""

from __future__ import annotations

from typing import Any

_MOST_SHOWN = 60


def shown_json(value: Any) -> str:
    """A value on one line: short texts and numbers as they are, of all others the kind.

    Lists and objects may be nested so deep that writing them overruns the interpreter's stack.
    """
    if value is not None and not isinstance(value, (str, int, float)):
        return type(value).__name__
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
