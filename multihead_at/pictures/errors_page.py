"""The page of errors: gold against predicted."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence

from multihead_at.pictures.compared_document import ComparedDocument
from multihead_at.pictures.documents_section import documents_section
from multihead_at.pictures.error_counts import ErrorCounts
from multihead_at.pictures.error_table import ErrorTable
from multihead_at.pictures.extractions_page import first_of
from multihead_at.pictures.html_element import append, element
from multihead_at.pictures.outcome import (
    MISSED,
    RIGHT,
    SPURIOUS,
    WRONG_ARGUMENT,
    WRONG_BOUNDARIES,
    WRONG_TYPE,
)
from multihead_at.pictures.page import Link, format_page
from multihead_at.scoring import Scores

_OF_MENTIONS = (WRONG_TYPE, WRONG_BOUNDARIES)
_OF_RELATIONS = (WRONG_TYPE, WRONG_ARGUMENT)
_FIGURES = (("P", "ruled"), ("R", None), ("F1", None))

_MEANINGS = {
    MISSED: "gold, and nothing like it is predicted",
    SPURIOUS: "predicted, and nothing like it is gold",
    WRONG_TYPE: (
        "the same words are an entity of another type on the other side, or the same two entities have "
        "another relation there; counted on both sides"
    ),
    WRONG_BOUNDARIES: "an entity that overlaps a wrong one of the other side",
    WRONG_ARGUMENT: (
        "a relation of an entity that the other side does not have in this way: an error of the entity, not "
        "of the relation"
    ),
    "O": "no type: with given boundaries (EC), an entity whose tokens the model took for none",
    "tokens between": "the tokens between a relation's two arguments; 0 where they stand side by side",
}


def format_errors(
    name: str,
    documents: Sequence[ComparedDocument],
    scores: Scores,
    *,
    most: int,
    remarks: Sequence[str] = (),
    links: Sequence[Link] = (),
) -> str:
    """Writes the page: tables of what went wrong, and every document with an error.

    Args:
        name: what the predictions are of.
        documents: all documents.
        scores: theirs.
        most: how many documents are shown, the first ones.
        remarks: what the reader must know, at the top.
        links: to pages beside this one.
    """
    wrong = [document for document in documents if document.errors]
    figures = (scores.entity_f1, scores.relation_f1, scores.overall_f1)
    entity, relation, overall = (f"{100 * figure:.2f}" for figure in figures)
    lead = (
        f"{name}: {scores.evaluation} F1 entity {entity} / relation {relation} / overall {overall}; errors "
        f"in {len(wrong)} of {len(documents)} documents"
    )
    body = [
        _section("Entities", ErrorTable.of_mentions(documents), _OF_MENTIONS),
        _section("Relations", ErrorTable.of_relations(documents), _OF_RELATIONS),
        _meaning(),
        element("h2", "Documents with errors"),
        *documents_section([document.picture() for document in wrong[:most]]),
    ]
    told = [*remarks, *([first_of(most, len(wrong), "documents with errors")] if len(wrong) > most else [])]
    return format_page("Errors", lead, body, remarks=told, links=links)


def _section(title: str, tables: Sequence[ErrorTable], shared: Sequence[str]) -> ET.Element:
    """The tables of mentions or of relations; `shared` are the errors that both sides can have."""
    section = element("section", element("h2", title))
    side_by_side = element("div", class_="tables")
    append(side_by_side, [_table(title.lower(), table, shared) for table in tables])
    append(section, [side_by_side])
    return section


def _table(title: str, table: ErrorTable, shared: Sequence[str]) -> ET.Element:
    of_gold, of_predicted = (MISSED, *shared), (SPURIOUS, *shared)
    top = element(
        "tr",
        element("th", table.of, rowspan=2, scope="col"),
        *(element("th", name, rowspan=2, scope="col") for name in ("gold", "predicted", "right")),
        element("th", "gold, not predicted (FN)", colspan=len(of_gold) + 1, class_="span ruled"),
        element("th", "predicted, not gold (FP)", colspan=len(of_predicted) + 1, class_="span ruled"),
        *(element("th", name, rowspan=2, scope="col", class_=ruled) for name, ruled in _FIGURES),
    )
    names = element("tr")
    for of_side in (of_gold, of_predicted):
        append(names, [element("th", "all", scope="col", class_="ruled")])
        append(names, [element("th", name, scope="col") for name in of_side])
    body = element("tbody")
    append(body, [_row(name, counts, of_gold, of_predicted) for name, counts in table.rows.items()])
    made = element(
        "table",
        element("caption", f"{title} by {table.of}"),
        element("thead", top, names),
        body,
        element("tfoot", _row("all", table.total, of_gold, of_predicted)),
    )
    # It may have to be scrolled, which a keyboard can only where it can get to.
    return element(
        "div", made, class_="table", tabindex=0, role="region", aria_label=f"{title} by {table.of}"
    )


def _row(name: str, counts: ErrorCounts, of_gold: Sequence[str], of_predicted: Sequence[str]) -> ET.Element:
    score = counts.score
    row = element("tr", element("th", name, scope="row"))
    sums = (sum(counts.gold.values()), sum(counts.predicted.values()), counts.gold[RIGHT])
    append(row, map(_cell, sums))
    sides: tuple[tuple[int, Counter[str], Sequence[str]], ...] = (
        (score.false_negatives, counts.gold, of_gold),
        (score.false_positives, counts.predicted, of_predicted),
    )
    for total, outcomes, names in sides:
        append(row, [_cell(total, "ruled"), *(_cell(outcomes[one]) for one in names)])
    figures = (score.precision, score.recall, score.f1)
    append(
        row,
        [element("td", f"{100 * value:.1f}", class_=ruled) for value, (_, ruled) in zip(figures, _FIGURES)],
    )
    return row


def _cell(count: int, kind: str = "") -> ET.Element:
    kinds = " ".join(part for part in (kind, "" if count else "zero") if part)
    return element("td", str(count), class_=kinds or None)


def _meaning() -> ET.Element:
    rows = element("dl")
    for name, text in _MEANINGS.items():
        append(rows, [element("dt", name), element("dd", text)])
    return element("details", element("summary", "What the words mean"), rows)
