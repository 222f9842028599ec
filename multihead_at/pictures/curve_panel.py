"""One figure of the learning curves, drawn with matplotlib."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from multihead_at.pictures.html_element import svg_element
from multihead_at.pictures.learning_curve import LearningCurve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DASHES = ("", "6 3", "2 2", "8 3 2 3")
"""Of the lines, by the run's place, so that colours alone do not tell them apart."""

COLOURS = 8
"""In the style sheet."""

# Drawn in these and put into the page's own colours afterwards, which are others by night.
_INK, _GRID, _PAPER = "#010203", "#040506", "#070809"
_STAND_INS = {
    _INK: "var(--ink)",
    _GRID: "var(--line)",
    _PAPER: "var(--card)",
    **{f"#0a0b{place:02x}": f"var(--c{place}-edge)" for place in range(COLOURS)},
}

_SIZE = (5.2, 3.1)  # inches
# The rise of the first epochs would squeeze the rest: the axis of F1 begins below the lowest point from
# this share of the epochs on.
_RISEN = 0.2
_STYLE: dict[str, Any] = {
    "font.size": 9.5,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": _GRID,
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    # Letters as text: the page's font, and one can search for it.
    "svg.fonttype": "none",
    # The names of clip paths: the same in every drawing, and others in every panel.
    "svg.hashsalt": "multihead_at",
}


def draw_panel(curves: Sequence[LearningCurve], figure_name: str) -> ET.Element:
    """Draws one figure of every run against the epochs.

    Args:
        curves: at least one.
        figure_name: `overall`, `entity`, `relation` or `loss`, which has a logarithmic axis.

    Returns:
        The SVG.

    Raises:
        ImportError: matplotlib is not installed.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    style = {**_STYLE, "svg.hashsalt": f"{_STYLE['svg.hashsalt']} {figure_name}"}
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **style}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        _draw(figure.subplots(), curves, figure_name)
        picture = io.StringIO()
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    svg = picture.getvalue()
    for stand_in, colour in _STAND_INS.items():
        svg = svg.replace(stand_in, colour)
    root = svg_element(svg)
    for metadata in root.findall("metadata"):
        root.remove(metadata)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", f"{figure_name} by epoch; the figures of the best epochs are in the table")
    return root


def _draw(axes: Axes, curves: Sequence[LearningCurve], figure_name: str) -> None:
    lows = []
    for place, curve in enumerate(curves):
        values = getattr(curve, figure_name)
        colour = f"#0a0b{place % COLOURS:02x}"
        dashes = [float(length) / 1.5 for length in DASHES[place % len(DASHES)].split()]
        axes.plot(values, color=colour, linewidth=1.5, linestyle=(0, dashes) if dashes else "-")
        best = curve.best_epoch
        axes.plot(
            [best], [values[best]], "o", color=colour, markersize=7, markeredgecolor=_PAPER, clip_on=False
        )
        lows.append(min(values[best], *values[int(_RISEN * len(values)) :]))
    axes.set_xlabel("epoch")
    axes.margins(x=0.02)
    # Matplotlib's locator of that kind takes it; its types do not know which kind it is.
    locator: Any = axes.xaxis.get_major_locator()
    locator.set_params(integer=True)
    if figure_name == "loss":
        if all(min(curve.loss) > 0 for curve in curves):
            axes.set_yscale("log")
    else:
        top = max(max(getattr(curve, figure_name)) for curve in curves)
        low = min(lows)
        axes.set_ylim(max(0.0, low - 0.1 * (top - low) - 0.5), min(100.0, top + 0.08 * (top - low) + 0.5))
