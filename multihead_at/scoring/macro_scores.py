"""Macro figures of entities and relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from multihead_at.scoring.average_score import AverageScore


@dataclass(frozen=True)
class MacroScores:
    """Entity and relation figures averaged over classes, as relaxed evaluation reports them.

    Attributes:
        entity: the mean over entity classes.
        relation: the mean over relations.
    """

    entity: AverageScore
    relation: AverageScore

    @property
    def overall_f1(self) -> float:
        """The mean of the entity and the relation F1."""
        return (self.entity.f1 + self.relation.f1) / 2

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, fractions between 0 and 1."""
        return {
            "entity": self.entity.to_dict(),
            "relation": self.relation.to_dict(),
            "overall_f1": self.overall_f1,
        }
