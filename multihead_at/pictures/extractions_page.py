"""The page of extractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from multihead_at.pictures.documents_section import documents_section
from multihead_at.pictures.page import Link, format_page
from multihead_at.pictures.pictured_document import PicturedDocument


def format_extractions(
    name: str, documents: Iterable[PicturedDocument], *, most: int, links: Sequence[Link] = ()
) -> str:
    """Writes the page: every document with its entities and relations.

    Args:
        name: what the predictions are of.
        documents: any number, of which no more are held than are shown.
        most: how many documents are shown, the first ones.
        links: to pages beside this one.
    """
    shown: list[PicturedDocument] = []
    count = entities = relations = 0
    for document in documents:
        count += 1
        entities += sum(len(drawing.boxes) for _, drawing in document.drawings)
        relations += sum(len(drawing.arcs) for _, drawing in document.drawings)
        if count <= most:
            shown.append(document)
    lead = f"{name}: {count} documents, {entities} entities, {relations} relations"
    remarks = [first_of(most, count, "documents")] if count > most else []
    body = documents_section(shown)
    return format_page("Extractions", lead, body, remarks=remarks, links=links)


def first_of(most: int, count: int, what: str) -> str:
    """What the page says where it does not show all."""
    return f"The first {most} of {count} {what} are shown; --documents=N shows more."
