"""The raw CoNLL04 corpus of Roth and Yih (`conll04.corp`)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from multihead_at.documents.document import Document
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.five_column_line import shown
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation
from multihead_at.errors import InputError
from multihead_at.files import read_utf8

_COLUMNS = 9
_SENTENCE, _TAG, _NUMBER, _WORDS = 0, 1, 2, 5
_ESCAPED = {"COMMA": ",", "-LRB-": "(", "-RRB-": ")"}

Numbered = tuple[int, list[str]]


def read_conll04_corp(path: str | os.PathLike[str], *, with_relations: bool = True) -> list[Document]:
    """Reads the raw corpus, in file order; a document's id is the number of its sentence.

    A row of nine columns is a word or a whole mention: its words are joined by `/`. COMMA, -LRB- and -RRB-
    stand for `,`, `(` and `)`; a full stop that is glued to the sentence's last word, and a comma before a
    word, become tokens of their own, as in the published splits. (Two published documents, 4295 and 1395,
    begin a mention by an I- tag; here it is a B-.)

    Args:
        path: `conll04.corp`.
        with_relations: only the sentences that have a relation (1,441 of 5,516), which the published splits
            hold.

    Raises:
        InputError: the file cannot be read, or a row is not of the format.
    """
    rows = [line.rstrip("\r\n") for line in read_utf8(path).split("\n")]
    documents = []
    blocks = list(_blocks(rows))
    for place, block in enumerate(blocks):
        if len(block[0][1]) < _COLUMNS:
            if place == 0 or len(blocks[place - 1][0][1]) < _COLUMNS:
                number, columns = block[0]
                raise InputError(
                    f"expected a sentence's row of {_COLUMNS} columns, received {len(columns)}: "
                    "relations stand behind a sentence",
                    path=path,
                    line=number,
                )
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else []
        relations = following if following and len(following[0][1]) < _COLUMNS else []
        if relations or not with_relations:
            documents.append(_document(block, relations, path))
    if not documents:
        raise InputError("expected sentences of the raw CoNLL04 corpus, received none", path=path)
    return documents


def _blocks(rows: Sequence[str]) -> Iterator[list[Numbered]]:
    """Runs of rows without a blank line, each row with its line number and its columns."""
    block: list[Numbered] = []
    for number, row in enumerate(rows, 1):
        if row.strip():
            block.append((number, row.split("\t")))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _document(
    sentence: Sequence[Numbered], relations: Sequence[Numbered], path: str | os.PathLike[str]
) -> Document:
    tokens: list[str] = []
    mentions: list[Mention] = []
    mention_of_row: dict[str, int] = {}
    for number, columns in sentence:
        if len(columns) != _COLUMNS:
            raise InputError(f"expected {_COLUMNS} columns, received {len(columns)}", path=path, line=number)
        start = len(tokens)
        tokens += [_ESCAPED.get(word, word) for word in _words(columns[_WORDS])]
        if columns[_TAG] != "O":
            mention_of_row[columns[_NUMBER]] = len(mentions)
            mentions.append(Mention(columns[_TAG], start, len(tokens)))
    if len(tokens[-1]) > 1 and tokens[-1].endswith("."):
        # Outside the mention, if the word is in one.
        tokens[-1:] = [tokens[-1][:-1], "."]
    found = []
    for number, columns in relations:
        if len(columns) != 3 or columns[0] not in mention_of_row or columns[1] not in mention_of_row:
            received = shown("\t".join(columns))
            raise InputError(
                f"expected two rows of entities and a relation, received {received}", path=path, line=number
            )
        found.append(Relation(columns[2], mention_of_row[columns[0]], mention_of_row[columns[1]]))
    first, columns = sentence[0]
    try:
        return document_from_mentions(columns[_SENTENCE], tokens, mentions, found)
    except InputError as error:
        raise InputError(error.message, path=path, line=first) from None


def _words(joined: str) -> list[str]:
    words: list[str] = []
    for word in joined.split("/"):
        # A comma before a word is a token of its own.
        words += [",", word[1:]] if word.startswith(",") and len(word) > 1 else [word] if word else []
    return words or [joined]  # A slash that stands alone is a word.
