"""The original's file format: tab separated, UTF-8, no quoting, one line a token.

    #doc <id>
    <token id>  <token>  <BIO tag>  ['<relation>', ...]  [<head>, ...]

Reading is strict: a file is either what it should be or gets one message with its line. Three things are
normalised, all of them about the file and not about what it says: a byte order mark at its start is dropped,
lines may end in CR LF (written: LF), and the last line may lack its line end (written with one). Lines end at
LF only, so that a token may hold any other character that Unicode counts as a line break.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from multihead_at.documents.document import Document
from multihead_at.documents.five_column_line import (
    DOCUMENT_MARK,
    check_document_id,
    check_heads,
    check_length,
    check_tag,
    check_token,
    check_token_id,
    decode_line,
    parse_document_id,
    parse_heads,
    raw_lines,
    shown,
    split_columns,
)
from multihead_at.documents.head import Head
from multihead_at.documents.list_column import format_list
from multihead_at.errors import InputError
from multihead_at.files import open_atomically


def read_documents(path: str | os.PathLike[str]) -> list[Document]:
    """Reads all documents of a five-column file.

    Args:
        path: the file.

    Returns:
        Its documents in file order, at least one.

    Raises:
        InputError: as `iterate_documents`.
    """
    return list(iterate_documents(path))


def iterate_documents(path: str | os.PathLike[str]) -> Iterator[Document]:
    """Reads a five-column file document by document, holding one at a time.

    Args:
        path: the file.

    Yields:
        Its documents in file order, at least one.

    Raises:
        InputError: the file cannot be read, or is not in the format; with the line where there is one.
    """
    draft: _Draft | None = None
    for number, line in _iterate_lines(path):
        if line.startswith(DOCUMENT_MARK):
            if draft is not None:
                yield draft.finish()
            draft = _Draft(os.fspath(path), number, line)
        elif draft is not None:
            draft.add_line(number, line)
        else:
            message = f"{shown(line)} received, expected a line '{DOCUMENT_MARK} <id>' first"
            raise InputError(message, path=path, line=number)
    if draft is None:
        raise InputError("empty file received, expected documents", path=path)
    yield draft.finish()


def parse_document(lines: Sequence[str], *, line: int = 1) -> Document:
    """Reads one document.

    Args:
        lines: its lines without their ends, at least one.
        line: the first line's number.

    Raises:
        InputError: they are not in the format; with the line's number.
    """
    if not lines[0].startswith(DOCUMENT_MARK):
        message = f"{shown(lines[0])} received, expected a line '{DOCUMENT_MARK} <id>' first"
        raise InputError(message, line=line)
    draft = _Draft(None, line, lines[0])
    for number, text in enumerate(lines[1:], start=line + 1):
        draft.add_line(number, text)
    return draft.finish()


def format_document(document: Document) -> str:
    """Writes a document in the five-column format, each line with its line end.

    Raises:
        InputError: the document holds what the format cannot: no tokens, an empty token or one with a tab, a
            tag that is not BIO (entity classes must be turned into tags first), a head outside the document.
    """
    try:
        check_document_id(document.doc_id)
        check_length(len(document))
        lines = [f"{DOCUMENT_MARK} {document.doc_id}\n"]
        for position, (token, tag, heads) in enumerate(zip(document.tokens, document.tags, document.heads)):
            check_token(token)
            check_tag(tag)
            check_heads(heads, len(document))
            # str and int: NumPy's scalars print differently.
            relations = format_list([str(head.relation) for head in heads])
            head_tokens = format_list([int(head.token) for head in heads])
            lines.append(f"{position}\t{token}\t{tag}\t{relations}\t{head_tokens}\n")
    except InputError as error:
        message = f"document {shown(document.doc_id)} cannot be written: {error.message}"
        raise InputError(message, path=document.source, line=document.line) from None
    return "".join(lines)


def write_documents(path: str | os.PathLike[str], documents: Iterable[Document]) -> None:
    """Writes documents to a five-column file, whole or not at all.

    Args:
        path: the file; an older one is replaced once all documents are on disk.
        documents: at least one.

    Raises:
        InputError: there are no documents, one does not fit this format, or the file cannot be written.
    """
    with open_atomically(path) as file:
        count = 0
        for document in documents:
            file.write(format_document(document).encode("utf-8"))
            count += 1
        if count == 0:
            raise InputError("no documents received, expected at least one to write", path=path)


class _Draft:
    """A document while its lines are being read."""

    def __init__(self, path: str | None, number: int, line: str) -> None:
        self._path = path
        self._number = number
        self._tokens: list[str] = []
        self._tags: list[str] = []
        self._heads: list[tuple[Head, ...]] = []
        try:
            self._doc_id = parse_document_id(line)
        except InputError as error:
            self._refuse(error, number)

    def add_line(self, number: int, line: str) -> None:
        try:
            self._add_token(line)
        except InputError as error:
            self._refuse(error, number)

    def finish(self) -> Document:
        """Checks what could not be checked before the document's length was known."""
        number = self._number
        try:
            check_length(len(self._tokens))
            for heads in self._heads:
                number += 1
                check_heads(heads, len(self._tokens))
        except InputError as error:
            self._refuse(error, number)
        return Document(
            self._doc_id,
            tuple(self._tokens),
            tuple(self._tags),
            tuple(self._heads),
            source=self._path,
            line=self._number,
        )

    def _add_token(self, line: str) -> None:
        token_id, token, tag, relations, heads = split_columns(line)
        check_token_id(token_id, len(self._tokens))
        check_token(token)
        check_tag(tag)
        self._heads.append(parse_heads(relations, heads))
        self._tokens.append(token)
        self._tags.append(tag)

    def _refuse(self, error: InputError, number: int) -> NoReturn:
        raise InputError(error.message, path=self._path, line=number) from None


def _iterate_lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, str]]:
    """Yields (line number from 1, line without its end)."""
    for number, raw in raw_lines(path):
        try:
            yield number, decode_line(raw)
        except InputError as error:
            raise InputError(error.message, path=path, line=number) from None
