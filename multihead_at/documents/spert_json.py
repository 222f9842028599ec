"""SpERT's JSON: a list of sentences with `tokens`, `entities` and `relations`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from multihead_at.documents.document import Document
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.five_column_line import check_length
from multihead_at.documents.mentions_and_relations import mentions_and_relations
from multihead_at.documents.spert_sentence import (
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
from multihead_at.files import open_atomically

_BETWEEN = ",\n"


def read_spert_json(path: str | os.PathLike[str]) -> list[Document]:
    """Reads a list of sentences; a document's id is its `orig_id`, else its place in the list.

    Args:
        path: the file. `entities` have `type`, `start` and `end` (exclusive), `relations` have `type`, `head`
            and `tail` (places in `entities`).

    Raises:
        InputError: the file cannot be read or is not of this form, mentions overlap, or a text is none that
            the five-column format holds; with the sentence and its line.
    """
    documents = []
    for place, line, value in spert_sentences(path):
        try:
            documents.append(_document(value, place))
        except InputError as error:
            message = f"sentence {place} of the list: {error.message}"
            raise InputError(message, path=path, line=line) from None
    return documents


def write_spert_json(path: str | os.PathLike[str], documents: Iterable[Document]) -> None:
    """Writes documents, one on a line.

    Relations whose ends are not the last tokens of mentions cannot be told in this form and are refused.

    Raises:
        InputError: such a relation, or the file cannot be written.
    """
    sentences = [json.dumps(_sentence(document), ensure_ascii=False) for document in documents]
    with open_atomically(path) as file:
        file.write(f"[{_BETWEEN.join(sentences)}]\n".encode())


def _document(value: Any, place: int) -> Document:
    sentence = spert_object(value)
    tokens = list(map(spert_token, spert_list(sentence, "tokens")))
    check_length(len(tokens))
    mentions = list(map(spert_mention, spert_list(sentence, "entities")))
    relations = list(map(spert_relation, spert_list(sentence, "relations")))
    for relation in relations:
        check_argument_range(relation, len(mentions))
    return document_from_mentions(spert_id(sentence, place), tokens, mentions, relations)


def _sentence(document: Document) -> dict[str, Any]:
    mentions, relations = mentions_and_relations(document)
    return {
        "tokens": list(document.tokens),
        "entities": [mention._asdict() for mention in mentions],
        "relations": [relation._asdict() for relation in relations],
        "orig_id": document.doc_id,
    }
