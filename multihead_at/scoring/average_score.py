"""Precision, recall and F1 averaged over classes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from multihead_at.scoring.class_score import ClassScore


@dataclass(frozen=True)
class AverageScore:
    """The mean of classes' figures. Its F1 is the mean of F1s, not the F1 of the mean precision and recall.

    Attributes:
        precision: mean precision.
        recall: mean recall.
        f1: mean F1.
    """

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, scores: Collection[ClassScore]) -> AverageScore:
        """Averages the scores; a class that never occurs counts 0, and no class at all gives 0."""
        count = max(len(scores), 1)
        return cls(
            precision=sum(score.precision for score in scores) / count,
            recall=sum(score.recall for score in scores) / count,
            f1=sum(score.f1 for score in scores) / count,
        )

    def to_dict(self) -> dict[str, float]:
        """The three figures as plain JSON data, fractions between 0 and 1."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}
