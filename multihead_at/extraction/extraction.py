"""What was found in a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from multihead_at.documents import Document, Token
from multihead_at.extraction.entity import Entity
from multihead_at.extraction.extracted_relation import ExtractedRelation


@dataclass(frozen=True)
class Extraction:
    """Entities and relations of a text.

    Attributes:
        text: the text; of a list of tokens these, joined by blanks.
        tokens: its tokens and where they stand in it.
        entities: in their order in the text.
        relations: between them, in the order of their heads, tails and types.
        sentences: the same as documents, one a sentence, with BIO tags and the heads of tokens; ids are
            numbers from 0. Of a run with `root_node` the whole text is one document, which begins with the
            root; relations to the root stand only here.
    """

    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    relations: tuple[ExtractedRelation, ...]
    sentences: tuple[Document, ...] = field(repr=False)
