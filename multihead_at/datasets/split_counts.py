"""What a split holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from multihead_at.documents import NO_RELATION, Document, mentions_from_bio


@dataclass(frozen=True)
class SplitCounts:
    """Counts of a split's documents.

    Attributes:
        documents: how many.
        tokens: of all documents.
        longest: tokens of the longest document.
        mentions: by entity type, the most frequent first.
        relations: by relation, the most frequent first; `NO_RELATION` is none.
        several_heads: tokens with more than one head.
    """

    documents: int
    tokens: int
    longest: int
    mentions: Mapping[str, int]
    relations: Mapping[str, int]
    several_heads: int

    @classmethod
    def of(cls, documents: Iterable[Document]) -> SplitCounts:
        """Counts documents with BIO tags."""
        lengths: list[int] = []
        mentions: Counter[str] = Counter()
        relations: Counter[str] = Counter()
        several_heads = 0
        for document in documents:
            lengths.append(len(document))
            mentions.update(mention.type for mention in mentions_from_bio(document.tags))
            for heads in document.heads:
                relations.update(head.relation for head in heads if head.relation != NO_RELATION)
                several_heads += len(heads) > 1
        return cls(
            len(lengths),
            sum(lengths),
            max(lengths, default=0),
            dict(mentions.most_common()),
            dict(relations.most_common()),
            several_heads,
        )
