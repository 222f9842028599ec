"""The corpora and word vectors there are, as the screen shows them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from multihead_at.datasets.catalogue_entry import CatalogueEntry

_WIDTH = 100
_INDENT = "    "
_HEADINGS = ("name", "there", "licence")


def format_catalogue(states: Iterable[tuple[CatalogueEntry, str]]) -> str:
    """A table with a row for each entry, and below each what it is and how to get it.

    Args:
        states: each entry, and in a few words whether it is there.
    """
    entries = list(states)
    rows = [_HEADINGS, *((entry.name, state, entry.licence) for entry, state in entries)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    heading, *lines = (
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths)).rstrip() for row in rows
    )
    return "\n".join(
        [heading, *(f"{line}\n{_explanation(entry)}" for line, (entry, _) in zip(lines, entries))]
    )


def _explanation(entry: CatalogueEntry) -> str:
    fetched = f" --get={entry.name} fetches it." if entry.files else ""
    return textwrap.fill(
        f"{entry.contents}.{fetched} {entry.how}.",
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        # Addresses and names of files are there to be copied.
        break_on_hyphens=False,
        break_long_words=False,
    )
