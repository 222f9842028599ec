"""Tables and sentences as Markdown."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table: the first column's cells to the left, the others' to the right."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return [f"| {' | '.join(map(_cell, row))} |" for row in (columns, rule, *rows)]


def _cell(text: str) -> str:
    # A corpus or its vectors may be called anything.
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
