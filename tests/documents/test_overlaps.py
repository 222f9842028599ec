"""Flat mentions out of overlapping ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import AnnotatedText, Mention
from multihead_at.documents.overlaps import longest_mentions

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=8)


def one_by_one(mentions: list[Mention]) -> list[Mention]:
    """The rule as it is said: the longest first, against all that are kept."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept)


@given(SPANS)
def test_of_overlapping_mentions_the_longest_stays(spans: list[tuple[int, int]]) -> None:
    mentions = [Mention("A", start, start + length) for start, length in spans]
    text = AnnotatedText("1", "x" * 20, tuple(mentions), ())
    assert sorted(longest_mentions(text).mentions) == one_by_one(mentions)
