"""The page of learning curves."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from multihead_at.pictures.curve_panel import COLOURS, DASHES, draw_panel
from multihead_at.pictures.html_element import append, element
from multihead_at.pictures.learning_curve import LearningCurve
from multihead_at.pictures.page import Link, format_page

_PANELS = {
    "overall": "overall dev F1 (%)",
    "loss": "training loss (logarithmic)",
    "entity": "entity dev F1 (%)",
    "relation": "relation dev F1 (%)",
}
_COLUMNS = ("epochs", "best epoch", "overall", "entity", "relation", "loss there", "loss at the end")


def format_curves(curves: Sequence[LearningCurve], *, links: Sequence[Link] = ()) -> str:
    """Writes the page: dev F1 and loss by epoch, the runs over one another.

    Args:
        curves: at least one.
        links: to pages beside this one.

    Raises:
        ImportError: matplotlib is not installed.
    """
    runs = "1 run" if len(curves) == 1 else f"{len(curves)} runs"
    lead = f"{runs}, phase 1. A dot marks the best epoch, the one of the highest overall dev F1."
    panels = element("div", class_="curves")
    for name, caption in _PANELS.items():
        append(panels, [element("figure", element("figcaption", caption), draw_panel(curves, name))])
    remark = "The axes of F1 leave out how it rises in the first epochs."
    body = [element("section", _table(curves)), panels, element("p", remark, class_="lead")]
    return format_page("Learning curves", lead, body, links=links)


def _table(curves: Sequence[LearningCurve]) -> ET.Element:
    header = element("tr", element("th", "run", scope="col"))
    append(header, [element("th", name, scope="col") for name in _COLUMNS])
    body = element("tbody")
    for place, curve in enumerate(curves):
        best = curve.best_epoch
        figures = (curve.overall[best], curve.entity[best], curve.relation[best])
        cells = [
            *(len(curve.overall), best),
            *(f"{figure:.2f}" for figure in figures),
            *(f"{loss:.4g}" for loss in (curve.loss[best], curve.loss[-1])),
        ]
        row = element("tr", element("th", _swatch(place), " ", curve.name, scope="row"))
        append(row, [element("td", str(cell)) for cell in cells])
        append(body, [row])
    caption = element("caption", "dev F1 (%) and loss at the best epoch, epochs counted from 0")
    table = element("table", caption, element("thead", header), body)
    return element("div", table, class_="table", tabindex=0, role="region", aria_label="runs")


def _swatch(place: int) -> ET.Element:
    """A piece of the run's line."""
    line = element(
        "path",
        d="M0 5H44",
        style=f"stroke: var(--c{place % COLOURS}-edge)",
        stroke_width=3,
        stroke_dasharray=DASHES[place % len(DASHES)] or None,
    )
    return element("svg", line, viewBox="0 0 44 10", class_="swatch", aria_hidden="true")
