"""Documents with what one finds them by: a legend to choose from, and a box to search in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence

from multihead_at.pictures.drawing_element import ENTITY, RELATION, drawing_element
from multihead_at.pictures.html_element import append, element
from multihead_at.pictures.outcome import ERRORS, RIGHT
from multihead_at.pictures.pictured_document import PicturedDocument

_COLOURS = 8
"""In the style sheet; further types take them once more, as their names stand beside them."""


def documents_section(documents: Sequence[PicturedDocument]) -> list[ET.Element]:
    """The legend with its filter and, below it, the documents."""
    entities, relations, outcomes = _count(documents)
    colours = {name: f"c{place % _COLOURS}" for place, name in enumerate(sorted(entities))}
    # A picture of errors has its colours for what went wrong: both at once could not be told apart.
    colours.update({name: f"outcome-{name.replace(' ', '-')}" for name in (RIGHT, *ERRORS)})
    controls = element("section", class_="controls", aria_label="Legend and filter")
    if outcomes:
        keys = [_key("outcome", name, outcomes[name], colours[name]) for name in ERRORS if outcomes[name]]
        append(controls, [_keys("errors", keys)])
    for title, kind, counts in (("entities", ENTITY, entities), ("relations", RELATION, relations)):
        is_coloured = kind == ENTITY and not outcomes
        keys = [
            _key(kind, name, counts[name], colours[name] if is_coloured else "")
            for name in sorted(counts)
            if counts[name]
        ]
        append(controls, [_keys(title, keys)] if keys else [])
    search = element(
        "label",
        "search ",
        element("input", type="search", placeholder="text or document id", autocomplete="off"),
        class_="needs-script",
    )
    shown = element("output", f"{len(documents)} documents", class_="shown", aria_live="polite")
    clear = element("button", "show all", type="button", class_="clear needs-script", hidden="hidden")
    append(controls, [element("p", search, " ", shown, " ", clear, class_="search")])
    articles = [_article(number, document, colours) for number, document in enumerate(documents, start=1)]
    listed = element("section", class_="documents", aria_label="Documents")
    append(listed, articles)
    return [controls, listed]


def _count(documents: Sequence[PicturedDocument]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Entities and relations by type, and their outcomes; where there are outcomes only of what is wrong."""
    entities: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for document in documents:
        for _, drawing in document.drawings:
            for counter, items in ((entities, drawing.boxes), (relations, drawing.arcs)):
                for item in items:
                    counter[item.type] += item.outcome != RIGHT
                    if item.outcome:
                        outcomes[item.outcome] += 1
    return entities, relations, outcomes


def _key(group: str, name: str, count: int, colour: str) -> ET.Element:
    """An entry of the legend, which the script makes a switch."""
    return element(
        "button",
        name or "mention",
        " ",
        element("span", str(count), class_="count"),
        type="button",
        class_=f"key {colour}".strip(),
        data_group=group,
        data_name=name,
        aria_pressed="false",
    )


def _keys(title: str, keys: Sequence[ET.Element]) -> ET.Element:
    row = element("p", element("span", title, class_="name"), class_="keys")
    for key in keys:
        append(row, [" ", key])
    return row


def _article(number: int, document: PicturedDocument, colours: Mapping[str, str]) -> ET.Element:
    # The number, as ids of documents need not be unique.
    heading = element("h2", element("a", document.doc_id, href=f"#document-{number}"))
    article = element("article", heading, class_="document", id=f"document-{number}")
    for name, drawing in document.drawings:
        picture = drawing_element(drawing, colours)
        append(article, [element("h3", name) if name else None, picture])
    if document.outside:
        append(article, [element("p", _outside(document.outside), class_="outside")])
    return article


def _outside(count: int) -> str:
    relations = "1 relation is" if count == 1 else f"{count} relations are"
    return f"{relations} not drawn: an end lies outside every entity"
