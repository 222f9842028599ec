"""A document on a page."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.pictures.drawing import Drawing


@dataclass(frozen=True)
class PicturedDocument:
    """A document and its drawings, one below the other.

    Attributes:
        doc_id: its id.
        drawings: with a name for each; a single one has none.
        outside: relations that are not drawn, as an end lies outside every mention.
    """

    doc_id: str
    drawings: tuple[tuple[str, Drawing], ...]
    outside: int = 0
