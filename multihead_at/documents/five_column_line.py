"""The grammar of a line of the five-column format, piece by piece: reader, writer and checks are made of it.

Every function that refuses does so with an `InputError` that knows no file and no line.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterator

from multihead_at.documents.bio import BIO_TAGS, is_bio_tag
from multihead_at.documents.head import Head
from multihead_at.documents.list_column import parse_integers, parse_strings
from multihead_at.errors import InputError

DOCUMENT_MARK = "#doc"

_COLUMNS = "5 columns separated by tabs (token id, token, BIO tag, relations, heads)"
_NOT_IN_COLUMNS = "\t\r\n"
_MOST_SHOWN = 60


def raw_lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, bytes]]:
    """Yields (line number from 1, line with its end), without a byte order mark.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with open(path, "rb") as file:
            for number, raw in enumerate(file, start=1):
                if number == 1 and raw.startswith(BOM_UTF8):
                    raw = raw[len(BOM_UTF8) :]
                    if not raw:
                        return
                yield number, raw
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error


def decode_line(raw: bytes) -> str:
    """The line's text without its end."""
    if raw.endswith(b"\n"):
        raw = raw[:-2] if raw.endswith(b"\r\n") else raw[:-1]
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{raw[error.start]:02x} at position {error.start + 1} received, expected UTF-8"
        raise InputError(message) from None
    if "\r" in line:
        raise InputError("carriage return inside a line received, expected lines that end in LF or CR LF")
    return line


def parse_document_id(line: str) -> str:
    """What stands behind `#doc `."""
    prefix = f"{DOCUMENT_MARK} "
    if not line.startswith(prefix):
        raise InputError(f"{shown(line)} received, expected '{prefix}<id>'")
    doc_id = line[len(prefix) :]
    check_document_id(doc_id)
    return doc_id


def split_columns(line: str) -> list[str]:
    """Token id, token, tag, relations and heads as they are written."""
    if not line:
        raise InputError(f"blank line received, expected {_COLUMNS} or '{DOCUMENT_MARK} <id>'")
    columns = line.split("\t")
    if len(columns) != 5:
        raise InputError(f"{len(columns)} columns received, expected {_COLUMNS}")
    return columns


def parse_lists(relations: str, heads: str) -> tuple[list[str], list[int]]:
    """Reads the two list columns."""
    try:
        names = parse_strings(relations)
    except InputError as error:
        raise InputError(f"relations {shown(relations)} received: {error.message}") from None
    try:
        tokens = parse_integers(heads)
    except InputError as error:
        raise InputError(f"heads {shown(heads)} received: {error.message}") from None
    return names, tokens


def check_list_lengths(names: list[str], tokens: list[int]) -> None:
    """Refuses what are not as many relations as heads."""
    if len(names) != len(tokens):
        raise InputError(f"{len(names)} relations and {len(tokens)} heads received, expected equally many")


def parse_heads(relations: str, heads: str) -> tuple[Head, ...]:
    """Reads the two list columns, of equal length, as pairs."""
    names, tokens = parse_lists(relations, heads)
    check_list_lengths(names, tokens)
    return tuple(map(Head, names, tokens))


def check_document_id(doc_id: str) -> None:
    """Refuses what `#doc` cannot have behind it."""
    if not doc_id.strip() or not _fits_column(doc_id):
        raise InputError(
            f"document id {shown(doc_id)} received, expected one that is not empty, without tabs"
        )


def check_length(length: int) -> None:
    """Refuses a document without tokens."""
    if length == 0:
        raise InputError("document without tokens received, expected at least one")


def check_token_id(token_id: str, expected: int) -> None:
    """Refuses all but the number of tokens before it."""
    if token_id != str(expected):
        raise InputError(f"token id {shown(token_id)} received, expected {expected} (0, 1, 2, ...)")


def check_token(token: str) -> None:
    """Refuses what is no text of a column."""
    if not token:
        raise InputError("empty token received")
    if not _fits_column(token):
        raise InputError(f"token {shown(token)} received, expected one without tabs and line ends")


def check_tag(tag: str) -> None:
    """Refuses what is no BIO tag."""
    if not is_bio_tag(tag) or not _fits_column(tag):
        raise InputError(f"tag {shown(tag)} received, expected {BIO_TAGS}")


def check_heads(heads: tuple[Head, ...], length: int) -> None:
    """Refuses what a token of a document of this length cannot have."""
    check_some_heads(heads)
    for head in heads:
        check_relation(head.relation)
        check_head_range(head.token, length)


def check_some_heads(heads: tuple[Head, ...]) -> None:
    """Refuses no heads at all."""
    if not heads:
        raise InputError("no relations and heads received, expected ['N'] where a token has none")


def check_relation(relation: str) -> None:
    """Refuses what is no name of a relation."""
    if not relation or not _fits_column(relation):
        raise InputError(f"relation {shown(relation)} received, expected a name without tabs and line ends")


def check_head_range(token: int, length: int) -> None:
    """Refuses a head outside of the document."""
    if not 0 <= token < length:
        raise InputError(f"head {token} received, expected one of the document's tokens 0..{length - 1}")


def shown(text: str) -> str:
    """What was received, short enough for one line."""
    return repr(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "...")


def _fits_column(text: str) -> bool:
    return not any(character in text for character in _NOT_IN_COLUMNS) and _is_utf8(text)


def _is_utf8(text: str) -> bool:
    """Whether `text` can be written at all: Python's strings may hold halves of surrogate pairs."""
    if text.isascii():
        return True
    return not any("\ud800" <= character <= "\udfff" for character in text)
