"""Text files <-> `Document`: the original's five-column format, BIO tags and the mentions they spell."""

from __future__ import annotations

from multihead_at.documents.atomic_file import open_atomically
from multihead_at.documents.bio import OUTSIDE, bio_from_mentions, entity_class, is_bio_tag, mentions_from_bio
from multihead_at.documents.document import Document
from multihead_at.documents.five_column import (
    format_document,
    iterate_documents,
    read_documents,
    write_documents,
)
from multihead_at.documents.head import NO_RELATION, Head
from multihead_at.documents.mention import Mention

__all__ = [
    "NO_RELATION",
    "OUTSIDE",
    "Document",
    "Head",
    "Mention",
    "bio_from_mentions",
    "entity_class",
    "format_document",
    "is_bio_tag",
    "iterate_documents",
    "mentions_from_bio",
    "open_atomically",
    "read_documents",
    "write_documents",
]
