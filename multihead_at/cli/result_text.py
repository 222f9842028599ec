"""A run's result as the screen shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def format_result(result: Mapping[str, Any]) -> str:
    """One line for each figure of `result.json`, the names of nested ones joined by a blank.

    Args:
        result: plain data; what holds neither text nor a number is left out.
    """
    lines = list(_flat(result, ()))
    width = max((len(name) for name, _ in lines), default=0)
    return "\n".join(f"{name:<{width}}  {text}" for name, text in lines)


def _flat(values: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        names = (*above, str(name))
        if isinstance(value, Mapping):
            yield from _flat(value, names)
        elif isinstance(value, float):
            yield " ".join(names), f"{value:.4f}"
        elif isinstance(value, (str, int)):
            yield " ".join(names), str(value)
