"""The paper's Figure 2: dev F1 by epoch, baseline and AT."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from multihead_at.files import open_atomically
from multihead_at.reports.panel import Panel
from multihead_at.reports.trend import Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's blue and vermilion, which colour-blind people tell apart; marker and dashes differ as well.
_BASELINE: dict[str, Any] = {"color": "#0072B2", "marker": "o", "linestyle": "--"}
_ADVERSARIAL: dict[str, Any] = {"color": "#D55E00", "marker": "^", "linestyle": "-"}

_COLUMNS = 2
_PANEL_SIZE = (5.0, 3.4)  # inches
# The legend needs as much.
_LEAST_WIDTH = 7.0
_DOTS_PER_INCH = 150

# The steep rise of the first epochs would squeeze the rest: a panel begins where both curves have got this
# far, and at epoch 30 at the latest (the paper's begin at 10 to 30).
_RISEN = 0.85
_LATEST_START = 30
_STYLE: dict[str, Any] = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    # The names of clip paths and glyphs: the same in every drawing.
    "svg.hashsalt": "multihead_at",
}


def draw_figure2(panels: Sequence[Panel], png: str | os.PathLike[str], svg: str | os.PathLike[str]) -> None:
    """Draws the mean dev F1 of each epoch with its LOWESS trend and 95 % band (see `Trend`).

    The same panels give the same bytes, with the same versions of the libraries: no dates, seeded draws.

    Args:
        panels: at least one.
        png: where the picture goes as PNG.
        svg: where it goes as SVG.

    Raises:
        InputError: a file cannot be written.
        ImportError: matplotlib or statsmodels is not installed.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_STYLE}):
        figure = _draw(panels)
        FigureCanvasAgg(figure)
        # What would name the version or the day is left out.
        for path, metadata in ((png, {"Software": None}), (svg, {"Date": None, "Creator": None})):
            picture = io.BytesIO()
            figure.savefig(picture, format=os.fspath(path)[-3:], metadata=metadata, dpi=_DOTS_PER_INCH)
            with open_atomically(path) as file:
                file.write(picture.getvalue())


def _draw(panels: Sequence[Panel]) -> Figure:
    from matplotlib.figure import Figure

    columns = min(_COLUMNS, len(panels))
    rows = -(-len(panels) // columns)
    size = (max(columns * _PANEL_SIZE[0], _LEAST_WIDTH), rows * _PANEL_SIZE[1] + 0.5)
    figure = Figure(figsize=size, layout="constrained")
    all_axes = figure.subplots(rows, columns, squeeze=False).flatten()
    for axes, panel in zip(all_axes, panels):
        _draw_panel(axes, panel)
    for axes in all_axes[len(panels) :]:
        axes.set_axis_off()
    figure.legend(*_legend(), loc="outside upper center", ncols=4, frameon=False)
    return figure


def _draw_panel(axes: Axes, panel: Panel) -> None:
    curves = [
        (runs, style)
        for runs, style in ((panel.baseline, _BASELINE), (panel.adversarial, _ADVERSARIAL))
        if runs
    ]
    first_epoch = _first_epoch([runs for runs, _ in curves])
    for runs, style in curves:
        trend = Trend.of(runs, first_epoch)
        axes.fill_between(trend.epochs, trend.low, trend.high, color=style["color"], alpha=0.2, linewidth=0)
        look = {"color": style["color"], "marker": style["marker"], "alpha": 0.45, "linewidth": 0}
        axes.scatter(trend.epochs, trend.points, s=9, **look)
        axes.plot(trend.epochs, trend.line, color=style["color"], linestyle=style["linestyle"], linewidth=2)
    axes.set_title(panel.title, loc="left")
    axes.set_xlabel("epoch")
    axes.set_ylabel("overall dev F1 (%)")
    axes.set_title(_runs_text(panel), loc="right", fontsize=8.5, color="#444444")


def _first_epoch(curves: Sequence[Sequence[Sequence[float]]]) -> int:
    """Where a panel begins; never so late that of any run fewer than half of the epochs are left."""
    starts, shortest = [], [min(map(len, runs)) for runs in curves]
    for runs, epochs in zip(curves, shortest):
        mean = np.mean([run[:epochs] for run in runs], axis=0)
        starts.append(int(np.argmax(mean >= _RISEN * mean.max())))
    return min(_LATEST_START, max(starts), min(shortest) // 2)


def _runs_text(panel: Panel) -> str:
    counts = {"baseline": len(panel.baseline), "AT": len(panel.adversarial)}
    words = [f"{name}: {count} run{'s' * (count > 1)}" for name, count in counts.items() if count]
    return ", ".join(words)


def _legend() -> tuple[list[Any], list[str]]:
    """Of both models, whichever a panel has."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    models = [Line2D([], [], linewidth=2, markersize=5, **style) for style in (_BASELINE, _ADVERSARIAL)]
    band = Patch(color="#777777", alpha=0.3, linewidth=0)
    return [*models, band], ["baseline", "baseline + AT", "95 % band of the LOWESS trend"]
