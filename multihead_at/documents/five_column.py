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

from multihead_at.documents.atomic_file import open_atomically
from multihead_at.documents.bio import is_bio_tag
from multihead_at.documents.document import Document
from multihead_at.documents.head import Head
from multihead_at.documents.list_column import format_list, parse_integers, parse_strings
from multihead_at.errors import InputError

_DOCUMENT_MARK = "#doc"
_COLUMNS = "5 columns separated by tabs (token id, token, BIO tag, relations, heads)"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOT_IN_COLUMNS = "\t\r\n"
_MOST_SHOWN = 60


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
        if line.startswith(_DOCUMENT_MARK):
            if draft is not None:
                yield draft.finish()
            draft = _Draft(os.fspath(path), number, line)
        elif draft is not None:
            draft.add_line(number, line)
        else:
            message = f"{_shown(line)} received, expected a line '{_DOCUMENT_MARK} <id>' first"
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
    if not lines[0].startswith(_DOCUMENT_MARK):
        message = f"{_shown(lines[0])} received, expected a line '{_DOCUMENT_MARK} <id>' first"
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
        _check_document_id(document.doc_id)
        _check_length(len(document))
        lines = [f"{_DOCUMENT_MARK} {document.doc_id}\n"]
        for position, (token, tag, heads) in enumerate(zip(document.tokens, document.tags, document.heads)):
            _check_token(token)
            _check_tag(tag)
            _check_heads(heads, len(document))
            # str and int: NumPy's scalars print differently.
            relations = format_list([str(head.relation) for head in heads])
            head_tokens = format_list([int(head.token) for head in heads])
            lines.append(f"{position}\t{token}\t{tag}\t{relations}\t{head_tokens}\n")
    except InputError as error:
        message = f"document {_shown(document.doc_id)} cannot be written: {error.message}"
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
            self._doc_id = _parse_document_id(line)
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
            _check_length(len(self._tokens))
            for heads in self._heads:
                number += 1
                _check_heads(heads, len(self._tokens))
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
        if not line:
            raise InputError(f"blank line received, expected {_COLUMNS} or '{_DOCUMENT_MARK} <id>'")
        columns = line.split("\t")
        if len(columns) != 5:
            raise InputError(f"{len(columns)} columns received, expected {_COLUMNS}")
        token_id, token, tag, relations, heads = columns
        if token_id != str(len(self._tokens)):
            raise InputError(
                f"token id {_shown(token_id)} received, expected {len(self._tokens)} (0, 1, 2, ...)"
            )
        _check_token(token)
        _check_tag(tag)
        self._heads.append(_parse_heads(relations, heads))
        self._tokens.append(token)
        self._tags.append(tag)

    def _refuse(self, error: InputError, number: int) -> NoReturn:
        raise InputError(error.message, path=self._path, line=number) from None


def _iterate_lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, str]]:
    """Yields (line number from 1, line without its end)."""
    try:
        with open(path, "rb") as file:
            for number, raw in enumerate(file, start=1):
                if number == 1 and raw.startswith(_BYTE_ORDER_MARK):
                    raw = raw[len(_BYTE_ORDER_MARK) :]
                    if not raw:
                        return
                yield number, _decode_line(raw, path, number)
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error


def _decode_line(raw: bytes, path: str | os.PathLike[str], number: int) -> str:
    if raw.endswith(b"\n"):
        raw = raw[:-2] if raw.endswith(b"\r\n") else raw[:-1]
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{raw[error.start]:02x} at position {error.start + 1} received, expected UTF-8"
        raise InputError(message, path=path, line=number) from None
    if "\r" in line:
        message = "carriage return inside a line received, expected lines that end in LF or CR LF"
        raise InputError(message, path=path, line=number)
    return line


def _parse_document_id(line: str) -> str:
    prefix = f"{_DOCUMENT_MARK} "
    if not line.startswith(prefix):
        raise InputError(f"{_shown(line)} received, expected '{prefix}<id>'")
    doc_id = line[len(prefix) :]
    _check_document_id(doc_id)
    return doc_id


def _parse_heads(relations: str, head_tokens: str) -> tuple[Head, ...]:
    try:
        names = parse_strings(relations)
    except InputError as error:
        raise InputError(f"relations {_shown(relations)} received: {error.message}") from None
    try:
        tokens = parse_integers(head_tokens)
    except InputError as error:
        raise InputError(f"heads {_shown(head_tokens)} received: {error.message}") from None
    if len(names) != len(tokens):
        raise InputError(f"{len(names)} relations and {len(tokens)} heads received, expected equally many")
    return tuple(map(Head, names, tokens))


def _check_document_id(doc_id: str) -> None:
    if not doc_id.strip() or not _fits_column(doc_id):
        raise InputError(
            f"document id {_shown(doc_id)} received, expected one that is not empty, without tabs"
        )


def _check_length(length: int) -> None:
    if length == 0:
        raise InputError("document without tokens received, expected at least one")


def _check_token(token: str) -> None:
    if not token:
        raise InputError("empty token received")
    if not _fits_column(token):
        raise InputError(f"token {_shown(token)} received, expected one without tabs and line ends")


def _check_tag(tag: str) -> None:
    if not is_bio_tag(tag) or not _fits_column(tag):
        raise InputError(f"tag {_shown(tag)} received, expected O, B-<type> or I-<type>")


def _check_heads(heads: tuple[Head, ...], length: int) -> None:
    if not heads:
        raise InputError("no relations and heads received, expected ['N'] where a token has none")
    for relation, token in heads:
        if not relation or not _is_utf8(relation):
            raise InputError(f"relation {_shown(relation)} received, expected a name")
        if not 0 <= token < length:
            raise InputError(f"head {token} received, expected one of the document's tokens 0..{length - 1}")


def _fits_column(text: str) -> bool:
    return not any(character in text for character in _NOT_IN_COLUMNS) and _is_utf8(text)


def _is_utf8(text: str) -> bool:
    """Whether `text` can be written at all: Python's strings may hold halves of surrogate pairs."""
    if text.isascii():
        return True
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(text: str) -> str:
    """What was received, short enough for one line."""
    return repr(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "...")
