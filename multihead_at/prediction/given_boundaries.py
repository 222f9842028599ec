"""Predicted entity classes of tokens, as mentions of given boundaries (EC)."""

from __future__ import annotations

from collections import Counter

from multihead_at.documents import OUTSIDE, Document, Mention, bio_from_mentions, mentions_from_bio


def with_given_boundaries(gold: Document, predicted: Document) -> Document:
    """Returns the prediction as a document in BIO tags, which the five-column format can hold.

    A mention takes the most common class of its tokens, on a tie the one met first; where that is `O`, no
    mention is written. Classes predicted outside the given mentions are left out.

    Args:
        gold: gives the boundaries.
        predicted: the same document with a class for each token.
    """
    mentions = []
    for mention in mentions_from_bio(gold.tags):
        counts = Counter(predicted.tags[mention.start : mention.end])
        # Counter keeps the order in which classes were met.
        label = max(counts, key=lambda name: counts[name])
        if label != OUTSIDE:
            mentions.append(Mention(label, mention.start, mention.end))
    return Document(
        predicted.doc_id, predicted.tokens, bio_from_mentions(mentions, len(predicted)), predicted.heads
    )
