"""A relation in a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arc:
    """An arc from argument 1 to argument 2.

    Attributes:
        type: the relation.
        head: argument 1, as its place in a list of boxes.
        tail: argument 2, likewise.
        outcome: one of `OUTCOMES` in a picture of errors, else empty.
        note: what else there is to say, shown on pointing at it.
    """

    type: str
    head: int
    tail: int
    outcome: str = ""
    note: str = ""
