"""A token of a text."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A token and where it stands.

    Attributes:
        text: as the model reads it; of the same length as the span (see `tokenize`).
        start: its first character in the text, from 0.
        end: the character after its last.
    """

    text: str
    start: int
    end: int
