"""Spans of a text are looked at without going through them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents.text_spans import TextSpans
from multihead_at.documents.tokenizer import tokenize

TEXTS = st.text(st.sampled_from("ab. \n\u200b\u00a0\u00e9"), max_size=12)


@given(TEXTS, st.integers(0, 12), st.integers(0, 12))
def test_stripping_leaves_what_the_tokens_span(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    tokens = tokenize(text[start:end])
    expected = (start + tokens[0].start, start + tokens[-1].end) if tokens else None
    assert TextSpans(text).stripped(start, end) == expected


@given(TEXTS, st.integers(0, 12), st.integers(0, 12), TEXTS)
def test_white_space_makes_no_difference_to_what_a_span_reads(
    text: str, one: int, other: int, expected: str
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = TextSpans(text)
    assert spans.reads(start, end, " ".join(text[start:end]))
    squeezed, wanted = ("".join(part.split()) for part in (text[start:end], expected))
    assert spans.reads(start, end, expected) == (squeezed == wanted)
