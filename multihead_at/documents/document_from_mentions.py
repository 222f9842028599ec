"""Mentions and relations laid onto tokens."""

from __future__ import annotations

from collections.abc import Sequence

from multihead_at.documents.bio import bio_from_mentions
from multihead_at.documents.document import Document
from multihead_at.documents.head import NO_RELATION, Head
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation

# The heads of tokens without a relation: most of them, and the same in all documents.
_WITHOUT_RELATION: tuple[tuple[Head, ...], ...] = tuple((Head(NO_RELATION, token),) for token in range(256))


def document_from_mentions(
    doc_id: str, tokens: Sequence[str], mentions: Sequence[Mention], relations: Sequence[Relation]
) -> Document:
    """Builds a document in the original's form.

    A relation leads from the last token of argument 1 to the last token of argument 2.

    Args:
        doc_id: the document's id.
        tokens: `[length]`.
        mentions: spans of tokens without overlaps.
        relations: between `mentions`; repeated ones count once.

    Raises:
        InputError: mentions overlap, or one lies outside the tokens.
    """
    # Refuses spans beyond the tokens, before these are looked up.
    tags = bio_from_mentions(mentions, len(tokens))
    heads: dict[int, list[Head]] = {}
    for relation in dict.fromkeys(relations):
        last, other = mentions[relation.head].end - 1, mentions[relation.tail].end - 1
        heads.setdefault(last, []).append(Head(relation.type, other))
    all_heads = list(_WITHOUT_RELATION[: len(tokens)])
    all_heads += [(Head(NO_RELATION, token),) for token in range(len(all_heads), len(tokens))]
    for token, several in heads.items():
        all_heads[token] = tuple(several)
    return Document(doc_id, tuple(tokens), tags, tuple(all_heads))
