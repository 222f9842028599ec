"""How many of a split's tokens have a word vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from multihead_at.documents import Document
from multihead_at.encoding import WordVectors, lookup_forms


@dataclass(frozen=True)
class Coverage:
    """Tokens of a split, with and without a word vector.

    Attributes:
        tokens: all of them.
        unknown: how often each word stands that has no vector, the most frequent first.
    """

    tokens: int
    unknown: dict[str, int]

    @classmethod
    def of(cls, documents: Iterable[Document], vectors: WordVectors) -> Coverage:
        """Looks the tokens up as training does."""
        counts = Counter(token for document in documents for token in document.tokens)
        unknown = {
            token: count
            for token, count in counts.most_common()
            if all(vectors.row(form) is None for form in lookup_forms(token))
        }
        return cls(sum(counts.values()), unknown)

    @property
    def share(self) -> float:
        """The part of the tokens that have a vector; 1 where there are none."""
        return 1 - sum(self.unknown.values()) / self.tokens if self.tokens else 1.0
