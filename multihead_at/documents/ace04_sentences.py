"""The sentences of an ACE document: none ends inside a mention or between a relation's arguments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from multihead_at.documents.ace04_source import Ace04Source
from multihead_at.documents.sentences import has_one_case, is_inside, merged_spans, split_sentences
from multihead_at.documents.token import Token

# A line that begins further right opens a paragraph; other line ends are mere wrapping.
_PARAGRAPH = re.compile(r"\n(?=[^\S\n]{2,}\S|\t)")

_Span = tuple[int, int]


def ace04_sentences(
    source: Ace04Source, protected: Iterable[_Span], cuts: Iterable[int]
) -> Iterator[list[Token]]:
    """Cuts a document into sentences of tokens.

    A sentence ends where `split_sentences` says, at a tag that borders a line, and before an indented line.
    Some broadcasts are in small letters throughout; a sentence then may begin with one.

    Args:
        source: the document.
        protected: spans of its text, of mentions and from one argument of a relation to the other, that no
            border may cut.
        cuts: places in its text where a token must end and another begin.

    Yields:
        Sentences in order, with the places of their tokens in the text. Together they hold the prose and
        every protected span; what lies outside both, as a document's number and date, is left out.
    """
    together = merged_spans(protected)
    places = sorted(set(cuts))
    one_case = has_one_case("".join(source.text[start:end] for start, end in source.prose))
    for start, end in _blocks(source, together):
        inside = (place - start for place in places[bisect_left(places, start) : bisect_left(places, end)])
        here = together[bisect_left(together, (start, -1)) : bisect_left(together, (end, -1))]
        spans = [(first - start, last - start) for first, last in here]
        found = split_sentences(source.text[start:end], together=spans, cuts=inside, one_case=one_case)
        for sentence in found:
            yield [Token(text, first + start, last + start) for text, first, last in sentence]


def _blocks(source: Ace04Source, together: Sequence[_Span]) -> Iterator[_Span]:
    """The stretches of text within which sentences are looked for."""
    text = source.text
    borders = {0, len(text), *source.tags, *(place for span in source.prose for place in span)}
    borders |= {match.end() for match in _PARAGRAPH.finditer(text)}
    open_borders = [border for border in sorted(borders) if not is_inside(border, together)]
    kept = merged_spans([*source.prose, *together])
    yield from (block for block in zip(open_borders, open_borders[1:]) if _meets(block, kept))


def _meets(block: _Span, spans: Sequence[_Span]) -> bool:
    start, end = block
    place = bisect_left(spans, (end, -1)) - 1
    return place >= 0 and spans[place][1] > start
