"""A relation between two mentions."""

from __future__ import annotations

from typing import NamedTuple


class Relation(NamedTuple):
    """A relation from argument 1 to argument 2.

    Attributes:
        type: its label.
        head: argument 1, as its place in a list of mentions.
        tail: argument 2, likewise.
    """

    type: str
    head: int
    tail: int
