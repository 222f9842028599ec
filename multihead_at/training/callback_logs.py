"""The figures that callbacks hand on to each other."""

from __future__ import annotations

from typing import Any

from multihead_at.scoring import Scores

Logs = dict[str, Any]


def percentages(scores: Scores) -> dict[str, float]:
    """Entity, relation and overall F1 in percent, unrounded so that ties are real ties."""
    return {
        "entity": 100 * scores.entity_f1,
        "relation": 100 * scores.relation_f1,
        "overall": 100 * scores.overall_f1,
    }
