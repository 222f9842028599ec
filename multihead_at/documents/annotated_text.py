"""Text with mentions as spans of characters: how corpora come before they are cut into tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from multihead_at.documents.document import Document
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation
from multihead_at.errors import InputError


@dataclass(frozen=True)
class AnnotatedText:
    """A text, the mentions in it and their relations.

    Attributes:
        doc_id: the document's id.
        text: the text.
        mentions: start and end count characters; they may overlap.
        relations: between `mentions`.
    """

    doc_id: str
    text: str
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]

    def keep(self, mentions: set[int]) -> AnnotatedText:
        """The text with only some of its mentions, and the relations between these.

        Args:
            mentions: places in `self.mentions`.
        """
        places = {old: new for new, old in enumerate(sorted(mentions))}
        return AnnotatedText(
            self.doc_id,
            self.text,
            tuple(self.mentions[old] for old in sorted(mentions)),
            tuple(
                Relation(relation.type, places[relation.head], places[relation.tail])
                for relation in self.relations
                if relation.head in places and relation.tail in places
            ),
        )

    def to_document(self, pattern: re.Pattern[str]) -> Document:
        """Cuts the text into tokens.

        Args:
            pattern: what a token is; what lies between two matches is dropped.

        Raises:
            InputError: a mention overlaps another one, or does not begin and end where tokens do.
        """
        spans = [match.span() for match in pattern.finditer(self.text)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        mentions = [self._on_tokens(mention, starts, ends) for mention in self.mentions]
        return document_from_mentions(
            self.doc_id, [self.text[start:end] for start, end in spans], mentions, self.relations
        )

    def _on_tokens(self, mention: Mention, starts: list[int], ends: list[int]) -> Mention:
        first, last = bisect_left(starts, mention.start), bisect_left(ends, mention.end)
        fits = first < len(starts) and starts[first] == mention.start
        if not fits or last >= len(ends) or ends[last] != mention.end:
            raise InputError(
                f"document {self.doc_id}: mention {self.text[mention.start : mention.end]!r} at "
                f"{mention.start} received, expected one that begins and ends where tokens do"
            )
        return Mention(mention.type, first, last + 1)
