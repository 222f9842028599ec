"""A baseline that only looks things up: how far one gets who remembers train and reads no context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations

from multihead_at.documents import (
    NO_RELATION,
    Document,
    Head,
    Mention,
    bio_from_mentions,
    mentions_from_bio,
)


class LookupBaseline:
    """Train's mention strings, and the relations that its type pairs have.

    A mention is predicted wherever a mention string of train stands, longest match first, with the type the
    string most often had. A relation is predicted for every ordered pair of predicted mentions whose types
    are related in train.

    Args:
        train: the documents to remember.
        count_unrelated: whether a type pair that is more often unrelated than related in any one way gets no
            relation; otherwise every pair that is ever related gets its most frequent relation.
    """

    def __init__(self, train: Sequence[Document], *, count_unrelated: bool) -> None:
        types: dict[tuple[str, ...], Counter[str]] = {}
        relations: dict[tuple[str, str], Counter[str]] = {}
        for document in train:
            mentions = mentions_from_bio(document.tags)
            for mention in mentions:
                surface = document.tokens[mention.start : mention.end]
                types.setdefault(surface, Counter())[mention.type] += 1
            for first, second in permutations(mentions, 2):
                found = _relations_between(document, first, second)
                if not found and count_unrelated:
                    found = [NO_RELATION]
                relations.setdefault((first.type, second.type), Counter()).update(found)
        self._types = {surface: _most_frequent(counts) for surface, counts in types.items()}
        self._relations = {pair: _most_frequent(counts) for pair, counts in relations.items() if counts}
        self._longest = max(map(len, self._types), default=0)

    def predict(self, document: Document) -> Document:
        """The document as the baseline would annotate it; of the argument only the tokens are looked at."""
        mentions = self._mentions(document.tokens)
        heads: dict[int, list[Head]] = {}
        for first, second in permutations(mentions, 2):
            relation = self._relations.get((first.type, second.type), NO_RELATION)
            if relation != NO_RELATION:
                heads.setdefault(first.end - 1, []).append(Head(relation, second.end - 1))
        return Document(
            document.doc_id,
            document.tokens,
            bio_from_mentions(mentions, len(document)),
            tuple(tuple(heads.get(token, [Head(NO_RELATION, token)])) for token in range(len(document))),
        )

    def _mentions(self, tokens: tuple[str, ...]) -> list[Mention]:
        mentions = []
        start = 0
        while start < len(tokens):
            end = self._longest_match(tokens, start)
            if end is None:
                start += 1
                continue
            mentions.append(Mention(self._types[tokens[start:end]], start, end))
            start = end
        return mentions

    def _longest_match(self, tokens: tuple[str, ...], start: int) -> int | None:
        for end in range(min(len(tokens), start + self._longest), start, -1):
            if tokens[start:end] in self._types:
                return end
        return None


def _relations_between(document: Document, first: Mention, second: Mention) -> list[str]:
    heads: Iterable[Head] = document.heads[first.end - 1]
    return [head.relation for head in heads if head.relation != NO_RELATION and head.token == second.end - 1]


def _most_frequent(counts: Counter[str]) -> str:
    """The label met most often, of equally frequent ones the first in the alphabet."""
    return min(counts, key=lambda label: (-counts[label], label))
