"""What a pipeline has met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BulkCounts:
    """How many records a pipeline has met; None where its runner does not tell.

    Attributes:
        extracted: that were answered.
        bad: that were put aside.
    """

    extracted: int | None
    bad: int | None
