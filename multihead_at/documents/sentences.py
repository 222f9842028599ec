"""Running text to sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from multihead_at.documents.token import Token
from multihead_at.documents.tokenizer import TITLES, tokenize, with_final_stop

_ENDS = re.compile(r"[.?!\u2026\u3002\uff01\uff1f]+")
_CLOSING = frozenset("'\")]}\xbb")
_OPENING = frozenset("'\"`([{\xab\xbf\xa1")
_NEVER_FIRST = frozenset(",;:)]}")
_DASHES = re.compile(r"-+|[\u2013\u2014_*\u2022]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r\n?|\u2029")
# After these a name or a number follows: they end no sentence.
_NEVER_LAST = re.compile(f"(?:{TITLES}|Mt|No|Nos|St|Ste|al|cf|vs)[.]")
# Behind any other abbreviation (`Inc.`, `U.S.`, `p.m.`) these begin a sentence; a name may belong to it.
_BEGINNINGS = re.compile(
    "A|After|Although|An|And|As|At|Because|Before|But|By|During|For|From|He|Her|His|However|I|If|In|It|Its|"
    "Many|Meanwhile|More|Most|No|On|One|Our|She|Since|So|Some|Such|That|The|Their|Then|There|These|They|This|"
    "Those|Though|Thus|To|Two|Under|Until|We|What|When|Where|While|Who|Why|With|You"
)


# As these are written in text of one case, where the tokenizer does not know them.
_ABBREVIATED = re.compile(f"(?:[a-z]|{TITLES}|Mt|St|Ste|vs|Co|Corp|Inc|Jr|Ltd|Sr)", re.IGNORECASE)
_NUMBER_SIGN = re.compile("nos?", re.IGNORECASE)
# Of the letters of text of one case at most this share is of the other.
_OF_THE_OTHER_CASE = 0.01


def has_one_case(text: str) -> bool:
    """Whether nearly all letters are small, or nearly all capitals, as in transcripts of broadcasts."""
    small = sum(map(str.islower, text))
    capitals = sum(map(str.isupper, text))
    return min(small, capitals) <= _OF_THE_OTHER_CASE * (small + capitals)


def split_sentences(
    text: str,
    *,
    together: Iterable[tuple[int, int]] = (),
    cuts: Iterable[int] = (),
    one_case: bool = False,
) -> list[list[Token]]:
    """Cuts a running text into sentences of tokens.

    A sentence ends behind `.`, `?`, `!` or an ellipsis (and the quotation marks and brackets that close
    there) if a blank follows and then no lower-case letter; behind an abbreviation only if a word follows
    that often begins a sentence; and always at a blank line. A single line end is a blank.

    Args:
        text: any text.
        together: spans of characters, start and end, that no sentence's end may cut.
        cuts: places between characters where a token must end and another begin.
        one_case: whether small letters, or capitals, are all that the text has (see `has_one_case`): a
            sentence then ends also before a small letter, but not behind `mr.`.

    Returns:
        For each sentence its tokens, at least one (see `tokenize_sentence`); none for a text of blanks.
    """
    tokens = cut_tokens(tokenize(text), cuts)
    spans = merged_spans(together)
    sentences: list[list[Token]] = []
    first = 0
    for place in range(1, len(tokens) + 1):
        if place < len(tokens) and tokens[place].start == tokens[place - 1].end:
            continue
        if place == len(tokens) or (
            _is_border(text, tokens, first, place, one_case) and not is_inside(tokens[place].start, spans)
        ):
            sentences.append(with_final_stop(tokens[first:place]))
            first = place
    return sentences


def cut_tokens(tokens: Sequence[Token], cuts: Iterable[int]) -> list[Token]:
    """Splits tokens at given places of the text, which makes given mentions begin and end where tokens do.

    Args:
        tokens: in order.
        cuts: places between characters; those between tokens change nothing.
    """
    places = sorted(set(cuts)) if cuts else []
    if not places:
        return list(tokens)
    # For tokens that are cut, the places inside.
    inside: dict[int, list[int]] = {}
    starts = [token.start for token in tokens]
    for place in places:
        number = bisect_right(starts, place) - 1
        if number >= 0 and tokens[number].start < place < tokens[number].end:
            inside.setdefault(number, []).append(place)
    pieces: list[Token] = []
    behind = 0
    for number, borders in inside.items():
        pieces += tokens[behind:number]
        behind = number + 1
        token = tokens[number]
        borders = [token.start, *borders, token.end]
        for start, end in zip(borders, borders[1:]):
            # A piece may be several tokens: what is left of `Velm-based` is `-` and `based`.
            for piece in tokenize(token.text[start - token.start : end - token.start]):
                pieces.append(Token(piece.text, piece.start + start, piece.end + start))
    pieces += tokens[behind:]
    return pieces


def merged_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap made one; those that only touch stay two, so that a border may lie between them."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def is_inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies inside one of merged spans, not at its border."""
    number = bisect_right(spans, (place, -1)) - 1
    return number >= 0 and spans[number][0] < place < spans[number][1]


def _is_border(text: str, tokens: Sequence[Token], first: int, place: int, one_case: bool) -> bool:
    """Whether a sentence that began at token `first` ends before token `place`, which a blank precedes."""
    between = text[tokens[place - 1].end : tokens[place].start]
    # Most are one blank.
    if between != " " and _BLANK_LINE.search(between):
        return True
    last = place - 1
    while last > first and tokens[last].text in _CLOSING and tokens[last].start == tokens[last - 1].end:
        last -= 1
    end = tokens[last].text
    if _ENDS.fullmatch(end):
        if one_case:
            return tokens[place].text[0] not in _NEVER_FIRST and not _is_abbreviated(tokens, last, place)
        return not _begins_in_lower_case(tokens, place)
    if not end.endswith(".") or _NEVER_LAST.fullmatch(end):
        return False
    return _BEGINNINGS.fullmatch(tokens[place].text) is not None


def _begins_in_lower_case(tokens: Sequence[Token], place: int) -> bool:
    while place < len(tokens) - 1 and (
        tokens[place].text in _OPENING or _DASHES.fullmatch(tokens[place].text)
    ):
        place += 1
    return tokens[place].text[0].islower() or tokens[place].text[0] in _NEVER_FIRST


def _is_abbreviated(tokens: Sequence[Token], stop: int, place: int) -> bool:
    """Whether the stop belongs to the word before it, in text of one case."""
    if stop == 0 or tokens[stop].text != "." or tokens[stop - 1].end != tokens[stop].start:
        return False
    word = tokens[stop - 1].text
    if _NUMBER_SIGN.fullmatch(word):
        return tokens[place].text[0].isdigit()
    return _ABBREVIATED.fullmatch(word) is not None
