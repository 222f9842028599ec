"""Flat mentions out of overlapping ones: BIO tags can hold no others."""

from __future__ import annotations

from bisect import bisect_left

from multihead_at.documents.annotated_text import AnnotatedText
from multihead_at.documents.mention import Mention


def without_overlaps(text: AnnotatedText) -> AnnotatedText:
    """Drops what BIO tags cannot hold, relations first.

    1. Relations whose own arguments overlap go. 2. Mentions that are left without a relation go. 3. Of any
    two mentions that still overlap the shorter goes (of equally long ones the later), and its relations with
    it.
    """
    relations = tuple(
        relation
        for relation in text.relations
        if not _overlap(text.mentions[relation.head], text.mentions[relation.tail])
    )
    text = AnnotatedText(text.doc_id, text.text, text.mentions, relations)
    return longest_mentions(text.keep({place for one in relations for place in (one.head, one.tail)}))


def longest_mentions(text: AnnotatedText) -> AnnotatedText:
    """Drops the shorter of any two mentions that overlap, and its relations with it.

    Of equally long ones the earlier stays, of several types for one span the first in `text.mentions`.
    """
    kept: set[int] = set()
    # Of the mentions kept so far, in the order of the text; only the neighbours of another can overlap it.
    starts: list[int] = []
    ends: list[int] = []
    for place in sorted(range(len(text.mentions)), key=lambda place: _longest_first(text.mentions[place])):
        mention = text.mentions[place]
        behind = bisect_left(starts, mention.start)
        if behind < len(starts) and starts[behind] < mention.end:
            continue
        if behind > 0 and ends[behind - 1] > mention.start:
            continue
        kept.add(place)
        starts.insert(behind, mention.start)
        ends.insert(behind, mention.end)
    return text.keep(kept)


def _longest_first(mention: Mention) -> tuple[int, int]:
    return mention.start - mention.end, mention.start


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
