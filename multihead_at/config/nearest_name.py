"""The name that a user most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import overload

# Of a longer one the beginning is looked at: comparing takes quadratic time.
_LONGEST = 100


@overload
def nearest_name(name: str, known: Iterable[str]) -> str: ...


@overload
def nearest_name(name: str, known: Iterable[str], *, least: float) -> str | None: ...


def nearest_name(name: str, known: Iterable[str], *, least: float = 0.0) -> str | None:
    """The known name most like `name`, upper and lower case taken as equal.

    Args:
        name: what was received.
        known: the names there are, at least one.
        least: how much alike they must be, from 0 to 1.

    Returns:
        One of `known`, among equally near ones the first; None where all are too unlike.
    """
    folded = name[:_LONGEST].casefold()
    likeness = {other: difflib.SequenceMatcher(None, folded, other.casefold()).ratio() for other in known}
    nearest = max(likeness, key=lambda other: likeness[other])
    return nearest if likeness[nearest] >= least else None
