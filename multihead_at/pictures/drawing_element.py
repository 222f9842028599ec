"""A drawing as HTML: text with boxes, and the list of relations that the page's script draws as arcs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from multihead_at.pictures.arc import Arc
from multihead_at.pictures.box import Box
from multihead_at.pictures.drawing import Drawing
from multihead_at.pictures.html_element import append, element
from multihead_at.pictures.outcome import RIGHT

ENTITY = "entity"
RELATION = "relation"


def drawing_element(drawing: Drawing, colours: Mapping[str, str]) -> ET.Element:
    """The drawing; without the script the relations are a list below the text.

    The browser breaks the text into lines, in the direction of its script, and only it knows where a box has
    come to lie: that is why no arc is drawn before.

    Args:
        drawing: what to show.
        colours: the class of the style sheet for each entity type, or for each outcome where there are some.
    """
    paragraph = element("p", class_="text", dir="auto")
    place = 0
    for box in drawing.boxes:
        shown = element(
            "span",
            drawing.text[box.start : box.end],
            class_=f"{ENTITY} {colours[box.outcome or box.type]}",
            title=_title(box, f"{box.type or 'mention'}"),
            **_data(box, ENTITY),
        )
        append(paragraph, [drawing.text[place : box.start], shown])
        place = box.end
    append(paragraph, [drawing.text[place:]])
    relations = element("ul", class_="relations")
    append(relations, [_relation(drawing, arc, colours) for arc in drawing.arcs])
    return element("div", paragraph, relations if drawing.arcs else None, class_="drawing")


def _relation(drawing: Drawing, arc: Arc, colours: Mapping[str, str]) -> ET.Element:
    head, tail = drawing.words(arc.head), drawing.words(arc.tail)
    return element(
        "li",
        element("bdi", head),
        f" \N{EM DASH} {_label(arc)} \N{RIGHTWARDS ARROW} ",
        element("bdi", tail),
        class_=colours.get(arc.outcome, ""),
        title=_title(arc, f"{head} \N{EM DASH} {arc.type} \N{RIGHTWARDS ARROW} {tail}"),
        data_head=arc.head,
        data_tail=arc.tail,
        **_data(arc, RELATION),
    )


def _data(item: Box | Arc, kind: str) -> dict[str, str]:
    """What the script filters by and the style sheet shows."""
    return {
        "data_kind": kind,
        "data_type": item.type,
        "data_outcome": item.outcome,
        "data_label": _label(item),
    }


def _label(item: Box | Arc) -> str:
    """The type, and what is wrong, in words: colours alone are not for everybody."""
    wrong = item.outcome if item.outcome != RIGHT else ""
    return ", ".join(part for part in (item.type, wrong) if part)


def _title(item: Box | Arc, what: str) -> str:
    return ", ".join(part for part in (what, item.outcome, item.note) if part)
