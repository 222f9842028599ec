"""Predicted documents against gold ones: strict, boundaries and relaxed scores, as the original's."""

from __future__ import annotations

from multihead_at.scoring.average_score import AverageScore
from multihead_at.scoring.class_score import ClassScore
from multihead_at.scoring.document_counts import DocumentCounts
from multihead_at.scoring.macro_scores import MacroScores
from multihead_at.scoring.score import EVALUATIONS, score
from multihead_at.scoring.scores import Scores
from multihead_at.scoring.table import format_scores

__all__ = [
    "EVALUATIONS",
    "AverageScore",
    "ClassScore",
    "DocumentCounts",
    "MacroScores",
    "Scores",
    "format_scores",
    "score",
]
