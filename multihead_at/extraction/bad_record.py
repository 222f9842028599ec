"""A piece of input that cannot be predicted for, or whose prediction cannot be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BadRecord:
    """What was wrong and where.

    Attributes:
        line: the record's first line in the input, from 1.
        reason: what was received and what was expected.
        raw: what stood there; bytes that are no UTF-8 as `\\xff`. Of what is too long the beginning.
    """

    line: int
    reason: str
    raw: str
