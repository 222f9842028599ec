"""A document's tags and heads as mentions and relations between them."""

from __future__ import annotations

from multihead_at.documents.bio import mentions_from_bio
from multihead_at.documents.document import Document
from multihead_at.documents.head import NO_RELATION
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation
from multihead_at.errors import InputError


def mentions_and_relations(document: Document) -> tuple[list[Mention], list[Relation]]:
    """The inverse of `document_from_mentions`.

    Args:
        document: with BIO tags.

    Raises:
        InputError: a relation whose ends are not the last tokens of mentions.
    """
    mentions = mentions_from_bio(document.tags)
    by_last = {mention.end - 1: place for place, mention in enumerate(mentions)}
    relations = []
    for token, heads in enumerate(document.heads):
        for head in heads:
            if head.relation == NO_RELATION:
                continue
            if token not in by_last or head.token not in by_last:
                raise InputError(
                    f"document {document.doc_id}: relation {head.relation} from token {token} to token "
                    f"{head.token} received, expected ends on the last tokens of mentions",
                    path=document.source,
                    line=document.line,
                )
            relations.append(Relation(head.relation, by_last[token], by_last[head.token]))
    return mentions, relations
