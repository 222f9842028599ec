"""Spans of a text, looked at in time that does not grow with their length."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

from multihead_at.documents.tokenizer import BLANKS

_WORD = re.compile(f"[^{BLANKS}]+")
_SOLID = re.compile(r"\S+")


class TextSpans:
    """Answers questions about spans of one text.

    Files may have thousands of spans that each hold half of the text: to go through every one of them would
    take minutes for a megabyte.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._word_starts = array("q")
        self._word_ends = array("q")
        for match in _WORD.finditer(text):
            self._word_starts.append(match.start())
            self._word_ends.append(match.end())
        self._solid = "".join(text.split())
        self._solid_starts = array("q")
        self._solid_ends = array("q")
        # For each run without white space its place in `_solid`.
        self._solid_places = array("q")
        place = 0
        for match in _SOLID.finditer(text):
            self._solid_starts.append(match.start())
            self._solid_ends.append(match.end())
            self._solid_places.append(place)
            place += match.end() - match.start()

    def stripped(self, start: int, end: int) -> tuple[int, int] | None:
        """A span without the blanks around it (the tokeniser's); None where it holds nothing else."""
        first = bisect_right(self._word_ends, start)
        last = bisect_left(self._word_starts, end) - 1
        if first > last or start >= end:
            return None
        return max(start, self._word_starts[first]), min(end, self._word_ends[last])

    def reads(self, start: int, end: int, expected: str) -> bool:
        """Whether a span holds a text, white space apart."""
        wanted = "".join(expected.split())
        first, behind = self._place(start), self._place(end)
        return behind - first == len(wanted) and self._solid.startswith(wanted, first)

    def _place(self, place: int) -> int:
        """How many characters that are no white space stand before a place."""
        run = bisect_right(self._solid_starts, place) - 1
        if run < 0:
            return 0
        return self._solid_places[run] + min(place, self._solid_ends[run]) - self._solid_starts[run]
