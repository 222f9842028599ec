"""The sentences of an annotated text as documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from multihead_at.documents.document import Document
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation


def sentence_documents(
    sentences: Iterable[tuple[str, Sequence[str]]],
    mentions: Sequence[Mention],
    relations: Iterable[Relation],
) -> Iterator[Document]:
    """Yields a document for each sentence, with the mentions and relations that lie in it.

    Args:
        sentences: the id and the tokens of each, in the order of the text.
        mentions: spans of tokens, counted through the whole text; each lies in one sentence.
        relations: between mentions, by their places in `mentions`; both of a pair lie in one sentence.

    Raises:
        InputError: as `document_from_mentions`.
    """
    ordered = sorted(range(len(mentions)), key=lambda place: mentions[place].start)
    firsts = [mentions[place].start for place in ordered]
    relations_of: dict[int, list[Relation]] = {}
    for relation in relations:
        relations_of.setdefault(relation.head, []).append(relation)
    start = 0
    for doc_id, tokens in sentences:
        end = start + len(tokens)
        places = ordered[bisect_left(firsts, start) : bisect_left(firsts, end)]
        numbers = {place: inside for inside, place in enumerate(places)}
        its_mentions = [
            Mention(mentions[place].type, mentions[place].start - start, mentions[place].end - start)
            for place in places
        ]
        its_relations = [
            Relation(relation.type, numbers[relation.head], numbers[relation.tail])
            for place in places
            for relation in relations_of.get(place, ())
        ]
        yield document_from_mentions(doc_id, tokens, its_mentions, its_relations)
        start = end
