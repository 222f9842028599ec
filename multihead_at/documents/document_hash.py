"""Which documents a run was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from multihead_at.documents.document import Document
from multihead_at.documents.five_column import format_document


def hash_documents(documents: Iterable[Document]) -> str:
    """SHA-256 of the documents in the five-column format: of their file, where that is written the same."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(format_document(document).encode())
    return digest.hexdigest()
