"""Texts that stand in a corpus more than once: what a model is tested on, it should not have seen."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from multihead_at.documents import Document


def count_shared_texts(splits: Mapping[str, Sequence[Document]]) -> dict[tuple[str, str], int]:
    """Counts documents whose tokens another document has, too, whatever its tags and relations.

    Args:
        splits: documents by the split's name.

    Returns:
        For each split and itself, (train, train), the documents that repeat an earlier one of it; then for
        each two splits, in the given order, the texts that both have.
    """
    texts = {name: {document.tokens for document in documents} for name, documents in splits.items()}
    inside = {(name, name): len(documents) - len(texts[name]) for name, documents in splits.items()}
    between = {
        (one, other): len(texts[one] & texts[other]) for one, other in itertools.combinations(splits, 2)
    }
    return {**inside, **between}
