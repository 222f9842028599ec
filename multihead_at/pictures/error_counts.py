"""How often what became of mentions or relations of one kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from multihead_at.pictures.outcome import RIGHT
from multihead_at.scoring import ClassScore


@dataclass(frozen=True)
class ErrorCounts:
    """Counts of outcomes; one row of a table of errors.

    Attributes:
        gold: of the gold ones, by outcome.
        predicted: of the predicted ones, by outcome.
    """

    gold: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)

    @property
    def score(self) -> ClassScore:
        """The same as the scorer counts it.

        Where rows are not classes (lengths, distances), what is right counts as often in gold as in predicted
        just as well: it is the same mention or relation.
        """
        return ClassScore(
            true_positives=self.gold[RIGHT],
            false_positives=sum(self.predicted.values()) - self.predicted[RIGHT],
            false_negatives=sum(self.gold.values()) - self.gold[RIGHT],
        )

    def __add__(self, other: ErrorCounts) -> ErrorCounts:
        if not isinstance(other, ErrorCounts):
            return NotImplemented
        return ErrorCounts(self.gold + other.gold, self.predicted + other.predicted)
