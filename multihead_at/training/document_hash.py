"""Which documents a run was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from multihead_at.datasets import Corpus
from multihead_at.documents import Document, format_document


def hash_documents(documents: Iterable[Document]) -> str:
    """SHA-256 of the documents in the five-column format: of their file, where that is written the same."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(format_document(document).encode())
    return digest.hexdigest()


def hash_splits(corpus: Corpus) -> dict[str, str]:
    """`hash_documents` of train, dev and test, by their names."""
    return {name: hash_documents(getattr(corpus, name)) for name in ("train", "dev", "test")}
