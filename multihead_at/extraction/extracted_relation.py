"""A relation found between two entities of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractedRelation:
    """A relation from argument 1 to argument 2.

    Attributes:
        type: its type.
        head: argument 1, as its place among the text's entities.
        tail: argument 2, likewise.
        probability: of the relation between two tokens of theirs, the highest where several pairs have it
            (the sigmoid of the paper's section 3.1).
    """

    type: str
    head: int
    tail: int
    probability: float
