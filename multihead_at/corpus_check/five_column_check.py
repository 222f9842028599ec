"""A five-column file read to its end, however much is wrong in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from multihead_at.corpus_check.checked_document import CheckedDocument
from multihead_at.corpus_check.checked_split import CheckedSplit
from multihead_at.corpus_check.finding import Finding
from multihead_at.corpus_check.finding_kind import FindingKind
from multihead_at.documents import NO_RELATION, OUTSIDE, Document, Head
from multihead_at.documents.five_column_line import (
    DOCUMENT_MARK,
    check_head_range,
    check_length,
    check_list_lengths,
    check_relation,
    check_some_heads,
    check_tag,
    check_token,
    check_token_id,
    decode_line,
    parse_document_id,
    parse_lists,
    raw_lines,
    shown,
    split_columns,
)
from multihead_at.errors import InputError

_MOST_DIGITS = 9


def read_five_columns(path: str | os.PathLike[str], split: str) -> CheckedSplit:
    """Reads what can be read of a file.

    Goes on where the strict reader (`read_documents`) stops; what that one refuses is found, and the other
    way round.

    Args:
        path: the file.
        split: its name in the corpus.

    Raises:
        InputError: the file cannot be opened or read at all.
    """
    findings: list[Finding] = []
    checked = [found for found in _documents(os.fspath(path), split, findings) if found is not None]
    if not checked and not findings:
        message = "empty file received, expected documents"
        findings.append(Finding(FindingKind.FORMAT, message, split, os.fspath(path)))
    return CheckedSplit(split, tuple(checked), tuple(findings))


def _documents(path: str, split: str, findings: list[Finding]) -> Iterator[CheckedDocument | None]:
    draft: _Draft | None = None
    is_before_all = True
    for number, raw in raw_lines(path):
        line, damage = _decoded(raw)
        if line.startswith(DOCUMENT_MARK):
            if draft is not None:
                yield draft.finish()
            draft = _Draft(path, split, number, line, findings, damage)
        elif draft is not None:
            draft.add_line(number, line, damage)
        elif is_before_all:
            message = f"{shown(line)} received, expected a line '{DOCUMENT_MARK} <id>' first"
            findings.append(Finding(FindingKind.FORMAT, message, split, path, number))
            is_before_all = False
    if draft is not None:
        yield draft.finish()


def _decoded(raw: bytes) -> tuple[str, InputError | None]:
    """A line's text; and what is wrong with it, if the text is only like it."""
    try:
        return decode_line(raw), None
    except InputError as error:
        return raw.decode("utf-8", "replace").replace("\r", "").rstrip("\n"), error


class _Draft:
    """A document while its lines are being read."""

    def __init__(
        self,
        path: str,
        split: str,
        number: int,
        line: str,
        findings: list[Finding],
        damage: InputError | None,
    ) -> None:
        self._path = path
        self._split = split
        self._line = number
        self._findings = findings
        self._tokens: list[str] = []
        self._tags: list[str] = []
        self._heads: list[tuple[Head, ...]] = []
        self._lines: list[int] = []
        self._unsure: set[int] = set()
        self._next_id = 0
        # Whether token ids say which token a head is.
        self._is_numbered = True
        self._doc_id: str | None = None
        if damage is not None:
            self._report(FindingKind.FORMAT, damage, number)
            self._doc_id = line[len(DOCUMENT_MARK) :].strip()
            return
        try:
            self._doc_id = parse_document_id(line)
        except InputError as error:
            self._report(FindingKind.FORMAT, error, number)

    def add_line(self, number: int, line: str, damage: InputError | None) -> None:
        token = len(self._tokens)
        try:
            if damage is not None:
                raise damage
            token_id, word, tag, relations, heads = split_columns(line)
        except InputError as error:
            self._report(FindingKind.FORMAT, error, number)
            if line:
                # It stands for a token all the same, else all ids behind it would be wrong.
                self._unsure.add(token)
                self._add(number, [*line.split("\t"), ""][1], OUTSIDE, (Head(NO_RELATION, token),))
                self._next_id += 1
            return
        self._check_id(number, token_id)
        self._is_accepted(FindingKind.FORMAT, token, number, partial(check_token, word))
        if not self._is_accepted(FindingKind.FORMAT, token, number, partial(check_tag, tag)):
            self._unsure.add(token)
            tag = OUTSIDE
        self._add(number, word, tag, self._parsed_heads(number, relations, heads))

    def finish(self) -> CheckedDocument | None:
        length = len(self._tokens)
        try:
            check_length(length)
        except InputError as error:
            self._report(FindingKind.EMPTY_DOCUMENT, error, self._line)
            return None
        everywhere = frozenset(range(length))
        heads = tuple(self._within(token, length) for token in range(length))
        document = Document(self._doc_id or "", tuple(self._tokens), tuple(self._tags), heads)
        return CheckedDocument(
            document,
            self._split,
            self._path,
            self._line,
            tuple(self._lines),
            frozenset(self._unsure) if self._is_numbered else everywhere,
        )

    def _add(self, number: int, word: str, tag: str, heads: tuple[Head, ...]) -> None:
        self._lines.append(number)
        self._tokens.append(word)
        self._tags.append(tag)
        self._heads.append(heads)

    def _check_id(self, number: int, token_id: str) -> None:
        try:
            check_token_id(token_id, self._next_id)
        except InputError as error:
            self._report(FindingKind.FORMAT, error, number, len(self._tokens))
            self._is_numbered = False
            # The ids behind it may well go on from here: one slip is one finding.
            if token_id.isascii() and token_id.isdigit() and len(token_id) <= _MOST_DIGITS:
                self._next_id = int(token_id)
        self._next_id += 1

    def _parsed_heads(self, number: int, relations: str, heads: str) -> tuple[Head, ...]:
        token = len(self._tokens)
        kind = FindingKind.FORMAT
        try:
            names, tokens = parse_lists(relations, heads)
            kind = FindingKind.UNEQUAL_LISTS
            check_list_lengths(names, tokens)
            kind = FindingKind.FORMAT
            pairs = tuple(map(Head, names, tokens))
            check_some_heads(pairs)
        except InputError as error:
            self._report(kind, error, number, token)
            self._unsure.add(token)
            return (Head(NO_RELATION, token),)
        return pairs

    def _within(self, token: int, length: int) -> tuple[Head, ...]:
        """The token's heads, without those that cannot be."""
        number = self._lines[token]
        kept = []
        for head in self._heads[token]:
            is_named = self._is_accepted(
                FindingKind.FORMAT, token, number, partial(check_relation, head.relation)
            )
            if not self._is_numbered:
                is_within = 0 <= head.token < length
            else:
                is_within = self._is_accepted(
                    FindingKind.HEAD_RANGE, token, number, partial(check_head_range, head.token, length)
                )
            if is_named and is_within:
                kept.append(head)
        return tuple(kept) or (Head(NO_RELATION, token),)

    def _is_accepted(self, kind: FindingKind, token: int, number: int, check: Callable[[], None]) -> bool:
        """Whether the check refuses nothing; if it does, that is a finding."""
        try:
            check()
        except InputError as error:
            self._report(kind, error, number, token)
            return False
        return True

    def _report(self, kind: FindingKind, error: InputError, number: int, token: int | None = None) -> None:
        self._findings.append(
            Finding(kind, error.message, self._split, self._path, number, self._doc_id, token)
        )
