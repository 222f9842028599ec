"""What a token points at: a relation and the token at its other end."""

from __future__ import annotations

from typing import NamedTuple

NO_RELATION = "N"
"""The relation of a token that has none; its head is then the token itself."""


class Head(NamedTuple):
    """One (relation, head token) pair of a token.

    A relation from argument 1 to argument 2 stands on the last token of argument 1, and its head is the last
    token of argument 2 (the original's format).

    Attributes:
        relation: the relation's name, or `NO_RELATION`.
        token: the head's token id within the document, from 0.
    """

    relation: str
    token: int
