"""A text in sentences of tokens."""

from __future__ import annotations

import dataclasses
import operator
import reprlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

from multihead_at.documents.sentences import cut_tokens, split_sentences
from multihead_at.documents.token import Token
from multihead_at.documents.tokenizer import tokenize, with_final_stop
from multihead_at.errors import InputError

Spans = Sequence[tuple[int, int]]
"""Starts and ends (exclusive) of mentions."""


@dataclass(frozen=True)
class TokenizedText:
    """A text in sentences of tokens.

    Attributes:
        text: the text.
        tokens: all of its tokens.
        sentence_ends: for each sentence the token after its last.
        boundaries: tokens of given mentions, start and end (exclusive), in order; None where none are given.
    """

    text: str
    tokens: tuple[Token, ...]
    sentence_ends: tuple[int, ...]
    boundaries: tuple[tuple[int, int], ...] | None = None

    @classmethod
    def of_text(
        cls,
        text: str,
        boundaries: Spans | None = None,
        *,
        one_sentence: bool = False,
        together: Spans = (),
    ) -> TokenizedText:
        """Cuts a text.

        Args:
            text: any text.
            boundaries: characters of given mentions; tokens and sentences are cut so that these fit.
            one_sentence: whether the whole text is one sentence.
            together: further characters that no end of a sentence may cut.

        Raises:
            InputError: a given mention lies outside the text, holds blanks only, overlaps another, or is no
                pair of whole numbers.
        """
        spans = _checked(boundaries, len(text), "characters")
        cuts = [border for span in spans for border in span] if spans else ()
        if one_sentence:
            sentence = with_final_stop(cut_tokens(tokenize(text), cuts))
            sentences = [sentence] if sentence else []
        else:
            sentences = split_sentences(text, together=[*spans, *together], cuts=cuts)
        tokens = tuple(chain.from_iterable(sentences))
        sentence_ends = tuple(accumulate(map(len, sentences)))
        if not spans:
            return cls(text, tokens, sentence_ends, None if boundaries is None else ())
        starts, ends = [token.start for token in tokens], [token.end for token in tokens]
        on_tokens = [(bisect_left(starts, start), bisect_right(ends, end)) for start, end in spans]
        for (start, end), (first, behind) in zip(spans, on_tokens):
            if first >= behind:
                raise InputError(
                    f"entity of characters {start} to {end} received, which are blank: expected a word"
                )
        return cls(text, tokens, sentence_ends, tuple(on_tokens))

    @classmethod
    def of_tokens(cls, tokens: Sequence[str], boundaries: Spans | None = None) -> TokenizedText:
        """Takes tokens as they are, as one sentence; the text is these, joined by blanks.

        Args:
            tokens: any number.
            boundaries: tokens of given mentions.

        Raises:
            InputError: an empty token; a given mention lies outside the tokens, overlaps another, or is no
                pair of whole numbers.
        """
        placed, place = [], 0
        for token in tokens:
            if not token:
                raise InputError("empty token received, expected text")
            placed.append(Token(token, place, place + len(token)))
            place += len(token) + 1
        spans = _checked(boundaries, len(placed), "tokens")
        sentence_ends = (len(placed),) if placed else ()
        return cls(
            " ".join(tokens), tuple(placed), sentence_ends, None if boundaries is None else tuple(spans)
        )

    def in_pieces(self, most: int) -> TokenizedText:
        """Cuts sentences of more than so many tokens, but no given mention that a piece can hold."""
        if all(end - start <= most for start, end in zip((0, *self.sentence_ends), self.sentence_ends)):
            return self
        ends: list[int] = []
        start = 0
        boundaries = self.boundaries or ()
        for end in self.sentence_ends:
            while end - start > most:
                cut = start + most
                # The only one that can lie over the cut: they do not overlap.
                place = bisect_left(boundaries, (cut, -1)) - 1
                first, behind = boundaries[place] if place >= 0 else (0, 0)
                start = first if start < first < cut < behind else cut
                ends.append(start)
            ends.append(end)
            start = end
        return dataclasses.replace(self, sentence_ends=tuple(ends))


def _checked(spans: Spans | None, length: int, unit: str) -> list[tuple[int, int]]:
    """The spans in order; they must lie within 0..length and apart from one another."""
    if spans is None:
        return []
    ordered = sorted(_pairs(spans))
    last = 0
    for start, end in ordered:
        if not 0 <= start < end <= length:
            raise InputError(
                f"entity of {unit} {start} to {end} received, expected a span within the {length} there are"
            )
        if start < last:
            raise InputError(f"entity of {unit} {start} to {end} received, but another one overlaps it")
        last = end
    return ordered


def _pairs(spans: Any) -> list[tuple[int, int]]:
    """The spans as Python's numbers, whatever the caller has put there."""
    try:
        return [(operator.index(start), operator.index(end)) for start, end in spans]
    except (TypeError, ValueError):
        raise InputError(
            f"boundaries {reprlib.repr(spans)} received, expected pairs of whole numbers, start and end"
        ) from None
