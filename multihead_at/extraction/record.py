"""One piece of input."""

from __future__ import annotations

from dataclasses import dataclass

from multihead_at.documents import TokenizedText


@dataclass(frozen=True)
class Record:
    """A text to predict for.

    Attributes:
        record_id: the record's own id, else the number of its first line.
        text: the text.
        of_tokens: whether it came as tokens; the output then counts tokens, as the input does.
        line: its first line in the input, from 1.
        raw: what stood there.
        has_own_id: whether it came with an id.
    """

    record_id: str | int
    text: TokenizedText
    of_tokens: bool
    line: int
    raw: str
    has_own_id: bool = False
