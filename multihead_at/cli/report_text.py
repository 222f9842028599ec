"""The table of results as the screen shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multihead_at.reports import TableLine

_COLUMNS = ("test F1 (%)", "split", "runs", "entity / relation / overall", "paper")
_FIGURES = ("entity", "relation", "overall")


def format_lines(lines: Iterable[TableLine]) -> str:
    """The lines that have runs, in columns: means of ours, and the paper's figures."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for line in lines:
        if line.results:
            name = f"{line.dataset} {line.settings} ({line.evaluation})"
            figures = [[value(figure) for figure in _FIGURES] for value in (line.mean, line.published)]
            rows.append((name, line.split, str(len(line.results)), *map(_joined, figures)))
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths)).rstrip() for row in rows
    )


def _joined(figures: list[float | None]) -> str:
    return " / ".join(f"{figure:.2f}" for figure in figures if figure is not None)
