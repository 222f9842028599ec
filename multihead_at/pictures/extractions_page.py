"""The page of extractions."""

from __future__ import annotations

from collections.abc import Sequence

from multihead_at.pictures.documents_section import documents_section
from multihead_at.pictures.page import Link, format_page
from multihead_at.pictures.pictured_document import PicturedDocument


def format_extractions(
    name: str, documents: Sequence[PicturedDocument], *, most: int, links: Sequence[Link] = ()
) -> str:
    """Writes the page: every document with its entities and relations.

    Args:
        name: what the predictions are of.
        documents: at least one.
        most: how many documents are shown, the first ones.
        links: to pages beside this one.
    """
    drawings = [drawing for document in documents for _, drawing in document.drawings]
    entities = sum(len(drawing.boxes) for drawing in drawings)
    relations = sum(len(drawing.arcs) for drawing in drawings)
    lead = f"{name}: {len(documents)} documents, {entities} entities, {relations} relations"
    remarks = [first_of(most, len(documents), "documents")] if len(documents) > most else []
    body = documents_section(documents[:most])
    return format_page("Extractions", lead, body, remarks=remarks, links=links)


def first_of(most: int, count: int, what: str) -> str:
    """What the page says where it does not show all."""
    return f"The first {most} of {count} {what} are shown; --documents=N shows more."
