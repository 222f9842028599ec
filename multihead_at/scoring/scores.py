"""The result of scoring: every class, micro and macro figures, and the three figures that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from multihead_at.documents import NO_RELATION, OUTSIDE
from multihead_at.scoring.average_score import AverageScore
from multihead_at.scoring.class_score import ClassScore
from multihead_at.scoring.macro_scores import MacroScores

OTHER = "Other"
"""The entity class of CoNLL04 that the published relaxed figures leave out."""


@dataclass(frozen=True)
class Scores:
    """Scores of predicted documents under one evaluation. All figures are fractions between 0 and 1.

    Attributes:
        evaluation: `strict`, `boundaries` or `relaxed`.
        root_node: whether relations with an end at token 0 were counted as relations of the root.
        entity: the score of each entity class; empty under `boundaries`, which knows no classes. Under
            `relaxed` `O` is among them: gold mentions predicted as none, which the micro figures count.
        relation: the score of each relation, `NO_RELATION` left out.
        entity_boundaries: mentions found whatever their type; under `boundaries` only, else None.
    """

    evaluation: str
    root_node: bool
    entity: Mapping[str, ClassScore]
    relation: Mapping[str, ClassScore]
    entity_boundaries: ClassScore | None = None

    @property
    def entity_micro(self) -> ClassScore:
        """All mentions together."""
        return self.entity_boundaries or ClassScore.sum_of(self.entity.values())

    @property
    def relation_micro(self) -> ClassScore:
        """All relations together."""
        return ClassScore.sum_of(self.relation.values())

    @property
    def overall_micro(self) -> ClassScore:
        """Mentions and relations in one count: the original reports it, but selects no model by it."""
        return self.entity_micro + self.relation_micro

    @property
    def macro(self) -> MacroScores | None:
        """The means over all entity classes and over all relations; under `relaxed` only, else None."""
        return self._macro(left_out={OUTSIDE}) if self.evaluation == "relaxed" else None

    @property
    def macro_no_other(self) -> MacroScores | None:
        """The same with the entity class `Other` left out; None where there is no such class."""
        return self._macro(left_out={OUTSIDE, OTHER}) if self.macro and OTHER in self.entity else None

    def _macro(self, left_out: set[str]) -> MacroScores:
        return MacroScores(
            entity=AverageScore.of([score for label, score in self.entity.items() if label not in left_out]),
            relation=AverageScore.of(
                [score for label, score in self.relation.items() if label != NO_RELATION]
            ),
        )

    @property
    def entity_f1(self) -> float:
        """The entity F1 of the paper's table: micro; under `relaxed` macro, without `Other` if it exists."""
        macro = self.macro_no_other or self.macro
        return macro.entity.f1 if macro else self.entity_micro.f1

    @property
    def relation_f1(self) -> float:
        """The relation F1 of the paper's table: micro, but macro under `relaxed`."""
        macro = self.macro
        return macro.relation.f1 if macro else self.relation_micro.f1

    @property
    def overall_f1(self) -> float:
        """The mean of entity and relation F1: the figure that models are selected by."""
        return (self.entity_f1 + self.relation_f1) / 2

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain JSON data; `entity_boundaries` and macro figures only where there are some."""
        figures: dict[str, Any] = {
            "evaluation": self.evaluation,
            "root_node": self.root_node,
            "entity_f1": self.entity_f1,
            "relation_f1": self.relation_f1,
            "overall_f1": self.overall_f1,
            "entity": {label: score.to_dict() for label, score in self.entity.items()},
            "relation": {label: score.to_dict() for label, score in self.relation.items()},
            "entity_micro": self.entity_micro.to_dict(),
            "relation_micro": self.relation_micro.to_dict(),
            "overall_micro": self.overall_micro.to_dict(),
        }
        for name in ("entity_boundaries", "macro", "macro_no_other"):
            some = getattr(self, name)
            if some is not None:
                figures[name] = some.to_dict()
        return figures
