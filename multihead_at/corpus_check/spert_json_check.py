"""A file of SpERT's JSON read to its end, however much is wrong in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.documents import Mention, Relation
from multihead_at.documents.bio import check_mention
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.five_column_line import check_length
from multihead_at.documents.spert_sentence import (
    SpertSentence,
    check_argument_range,
    spert_id,
    spert_list,
    spert_mention,
    spert_object,
    spert_relation,
    spert_sentences,
    spert_token,
)
from multihead_at.errors import InputError

_Value = TypeVar("_Value")


def read_spert_sentences(path: str | os.PathLike[str], split: str) -> CheckedSplit:
    """Reads what can be read of a file.

    Goes on where the strict reader (`read_spert_json`) stops, except behind a mistake in the JSON itself.

    Args:
        path: the file.
        split: its name in the corpus.

    Raises:
        InputError: the file cannot be opened or read at all.
    """
    findings: list[Finding] = []
    checked = []
    try:
        for sentence in spert_sentences(path):
            found = _Draft(os.fspath(path), split, sentence, findings).finish()
            if found is not None:
                checked.append(found)
    except InputError as error:
        if isinstance(error.__cause__, OSError):
            raise
        message = f"{error.message}; what stands behind it was not read"
        findings.append(Finding(FindingKind.FORMAT, message, split, os.fspath(path), error.line))
    return CheckedSplit(split, tuple(checked), tuple(findings))


class _Draft:
    """A sentence while it is being read."""

    def __init__(self, path: str, split: str, sentence: SpertSentence, findings: list[Finding]) -> None:
        self._path = path
        self._split = split
        self._sentence = sentence
        self._findings = findings
        self._doc_id: str | None = None
        self._unsure: set[int] = set()

    def finish(self) -> CheckedDocument | None:
        found = self._try(partial(spert_object, self._sentence.value))
        if found is None:
            return None
        self._doc_id = self._try(partial(spert_id, found, self._sentence.place))
        tokens = self._tokens(found)
        if not tokens:
            return None
        places, mentions = self._mentions(found, len(tokens))
        relations = self._relations(found, places)
        document = document_from_mentions(self._doc_id or "", tokens, mentions, relations)
        return CheckedDocument(
            document, self._split, self._path, self._sentence.line, unsure=frozenset(self._unsure)
        )

    def _tokens(self, sentence: dict[str, Any]) -> list[str] | None:
        values = self._try(partial(spert_list, sentence, "tokens"))
        if values is None:
            return None
        tokens = []
        for place, value in enumerate(values):
            token = self._try(partial(spert_token, value), f"token {place}: ")
            if token is None:
                self._unsure.add(place)
            tokens.append(token or "")
        self._try(partial(check_length, len(tokens)), kind=FindingKind.EMPTY_DOCUMENT)
        return tokens

    def _mentions(self, sentence: dict[str, Any], length: int) -> tuple[list[int | None], list[Mention]]:
        """For each entity its place among the mentions, None where it is left out; and the mentions."""
        places: list[int | None] = []
        mentions: list[Mention] = []
        taken = bytearray(length)
        for number, value in enumerate(self._try(partial(spert_list, sentence, "entities")) or []):
            what = f"entity {number}: "
            mention = self._try(partial(spert_mention, value), what)
            if mention is None or not self._fits(mention, taken, what):
                places.append(None)
                continue
            places.append(len(mentions))
            mentions.append(mention)
        return places, mentions

    def _fits(self, mention: Mention, taken: bytearray, what: str) -> bool:
        """Whether tags can hold the mention beside those on the tokens that are taken; then its are, too."""
        is_within = 0 <= mention.start < mention.end <= len(taken)
        kind = FindingKind.OVERLAPPING_MENTIONS if is_within else FindingKind.MENTION_RANGE
        try:
            check_mention(mention, taken)
        except InputError as error:
            self._report(kind, f"{what}{error.message}")
            return False
        return True

    def _relations(self, sentence: dict[str, Any], places: list[int | None]) -> list[Relation]:
        relations: dict[Relation, int] = {}
        for number, value in enumerate(self._try(partial(spert_list, sentence, "relations")) or []):
            what = f"relation {number}: "
            relation = self._try(partial(spert_relation, value), what)
            if relation is None:
                continue
            try:
                check_argument_range(relation, len(places))
            except InputError as error:
                self._report(FindingKind.HEAD_RANGE, f"{what}{error.message}")
                continue
            head, tail = places[relation.head], places[relation.tail]
            if head is None or tail is None:
                continue
            first = relations.setdefault(Relation(relation.type, head, tail), number)
            if first != number:
                message = f"{relation.type} from entity {relation.head} to entity {relation.tail} received, "
                self._report(FindingKind.DUPLICATE_RELATION, f"{what}{message}as relation {first} is already")
        return list(relations)

    def _try(
        self,
        read: Callable[[], _Value],
        what: str = "",
        kind: FindingKind = FindingKind.FORMAT,
    ) -> _Value | None:
        """What is read; None where it is refused, which is a finding."""
        try:
            return read()
        except InputError as error:
            self._report(kind, f"{what}{error.message}")
            return None

    def _report(self, kind: FindingKind, message: str) -> None:
        place = f"sentence {self._sentence.place} of the list: {message}"
        self._findings.append(
            Finding(kind, place, self._split, self._path, self._sentence.line, self._doc_id)
        )
