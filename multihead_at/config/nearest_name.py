"""The name that a user most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# Of a longer one the beginning is looked at: comparing takes quadratic time.
_LONGEST = 100


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, upper and lower case taken as equal.

    Args:
        name: what was received.
        known: the names there are, at least one.

    Returns:
        One of `known`, however unlike it is; among equally near ones the first.
    """
    folded = name[:_LONGEST].casefold()
    return max(known, key=lambda other: difflib.SequenceMatcher(None, folded, other.casefold()).ratio())
