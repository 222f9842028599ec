"""A mention in a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A box around a part of a text.

    Attributes:
        type: the entity type.
        start: its first character in the text, from 0.
        end: the character after its last.
        outcome: one of `OUTCOMES` in a picture of errors, else empty.
        note: what else there is to say, shown on pointing at it.
    """

    type: str
    start: int
    end: int
    outcome: str = ""
    note: str = ""
