"""Predicted entity classes of tokens, as mentions of given boundaries (EC)."""

from __future__ import annotations

from collections import Counter

from multihead_at.documents import OUTSIDE, Document, Mention, bio_from_mentions, mentions_from_bio


def with_given_boundaries(gold: Document, predicted: Document) -> Document:
    """Returns the prediction as a document in BIO tags, which the five-column format can hold.

    A mention takes the most common class of its tokens other than `O`, on a tie the one met first; where all
    are `O`, no mention is written. Its boundaries are given, so a token's `O` says little: the relaxed score
    counts any token of the right type, too. Classes predicted outside the given mentions are left out.

    Args:
        gold: gives the boundaries.
        predicted: the same document with a class for each token.
    """
    mentions = []
    for mention in mentions_from_bio(gold.tags):
        classes = [tag for tag in predicted.tags[mention.start : mention.end] if tag != OUTSIDE]
        if classes:
            # Of equal counts the one met first.
            ((label, _),) = Counter(classes).most_common(1)
            mentions.append(Mention(label, mention.start, mention.end))
    return Document(
        predicted.doc_id, predicted.tokens, bio_from_mentions(mentions, len(predicted)), predicted.heads
    )
