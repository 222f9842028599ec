"""Counts of one class, and the precision, recall and F1 that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ClassScore:
    """How often one class was found, invented and missed; two of them add up to a micro score.

    Attributes:
        true_positives: predicted and gold.
        false_positives: predicted, not gold.
        false_negatives: gold, not predicted.
    """

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    @classmethod
    def sum_of(cls, scores: Iterable[ClassScore]) -> ClassScore:
        """All of them added up; without any, no counts."""
        return sum(scores, cls())

    @property
    def counts(self) -> tuple[int, int, int]:
        """True positives, false positives, false negatives."""
        return self.true_positives, self.false_positives, self.false_negatives

    @property
    def precision(self) -> float:
        """Share of the predicted that is gold; 0 without a true positive (the original's behaviour)."""
        if self.true_positives == 0:
            return 0.0
        return self.true_positives / (self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """Share of the gold that was predicted; 0 without a true positive (the original's behaviour)."""
        if self.true_positives == 0:
            return 0.0
        return self.true_positives / (self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 without a true positive (the original's behaviour)."""
        if self.true_positives == 0:
            return 0.0
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __add__(self, other: ClassScore) -> ClassScore:
        if not isinstance(other, ClassScore):
            return NotImplemented
        return ClassScore(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.false_negatives + other.false_negatives,
        )

    def to_dict(self) -> dict[str, float]:
        """The counts and the figures as plain JSON data, fractions between 0 and 1."""
        return {
            "true_positives": self.true_positives,
            "false_positives": self.false_positives,
            "false_negatives": self.false_negatives,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }
