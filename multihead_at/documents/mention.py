"""A mention: a typed span of tokens."""

from __future__ import annotations

from typing import NamedTuple


class Mention(NamedTuple):
    """A span of tokens of one entity type.

    Attributes:
        type: the entity type, without `B-` or `I-`.
        start: the first token, from 0.
        end: the token after the last.
    """

    type: str
    start: int
    end: int
