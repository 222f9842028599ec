"""Scores as text tables."""

from __future__ import annotations

from multihead_at.scoring.average_score import AverageScore
from multihead_at.scoring.class_score import ClassScore
from multihead_at.scoring.scores import OUTSIDE, Scores

Row = tuple[str, ...]
_COLUMNS = ("TP", "FP", "FN", "P", "R", "F1")


def format_scores(scores: Scores) -> str:
    """Lays scores out as the original does: entities, relations, then the figures of the paper's table.

    Args:
        scores: what `score` returned.

    Returns:
        Lines without a newline at the end; precision, recall and F1 in percent with 2 decimals.
    """
    entity_rows = [
        _count_row(label, class_score)
        for label, class_score in scores.entity.items()
        # O is no class to find: shown only where it explains why the rows add up to the micro counts.
        if label != OUTSIDE or class_score != ClassScore()
    ]
    entity_rows.append(_count_row("micro", scores.entity_micro))
    relation_rows = [_count_row(label, class_score) for label, class_score in scores.relation.items()]
    relation_rows.append(_count_row("micro", scores.relation_micro))
    if scores.macro is not None:
        entity_rows.append(_mean_row("macro", scores.macro.entity))
        relation_rows.append(_mean_row("macro", scores.macro.relation))
    if scores.macro_no_other is not None:
        entity_rows.append(_mean_row("macro without Other", scores.macro_no_other.entity))
    entities = [(f"entities ({_name(scores)})", *_COLUMNS), *entity_rows]
    relations = [("relations", *_COLUMNS), *relation_rows]
    lines = _aligned(entities, relations)
    return "\n".join([*lines[: len(entities)], "", *lines[len(entities) :], "", *_summary(scores)])


def _summary(scores: Scores) -> list[str]:
    """The F1s that count, last; before them those with `Other`, where the ones that count leave it out."""
    lines = []
    if scores.macro is not None and scores.macro_no_other is not None:
        macro = scores.macro
        lines.append(_summary_line("macro, with Other", macro.entity.f1, macro.relation.f1, macro.overall_f1))
        kind = "macro without Other"
    else:
        kind = "micro" if scores.macro is None else "macro"
    lines.append(_summary_line(kind, scores.entity_f1, scores.relation_f1, scores.overall_f1))
    return lines


def _summary_line(kind: str, entity: float, relation: float, overall: float) -> str:
    figures = f"entity {_percent(entity)} / relation {_percent(relation)} / overall {_percent(overall)}"
    return f"F1 ({kind}): {figures}"


def _name(scores: Scores) -> str:
    return f"{scores.evaluation}, root node" if scores.root_node else scores.evaluation


def _count_row(label: str, score: ClassScore) -> Row:
    counts = (score.true_positives, score.false_positives, score.false_negatives)
    return (label, *map(str, counts), *map(_percent, (score.precision, score.recall, score.f1)))


def _mean_row(label: str, score: AverageScore) -> Row:
    # The mean of classes has no counts of its own.
    return (label, "", "", "", *map(_percent, (score.precision, score.recall, score.f1)))


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.2f}"


def _aligned(*tables: list[Row]) -> list[str]:
    """Pads the cells of all tables to common columns: labels to the left, numbers to the right."""
    rows = [row for table in tables for row in table]
    widths = [max(map(len, column)) for column in zip(*rows)]
    return [
        row[0].ljust(widths[0]) + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:]))
        for row in rows
    ]
