"""SpERT's JSON: a list of sentences with `tokens`, `entities` and `relations`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from multihead_at.documents.atomic_file import open_atomically
from multihead_at.documents.document import Document
from multihead_at.documents.document_from_mentions import document_from_mentions
from multihead_at.documents.mention import Mention
from multihead_at.documents.mentions_and_relations import mentions_and_relations
from multihead_at.documents.relation import Relation
from multihead_at.errors import InputError


def read_spert_json(path: str | os.PathLike[str]) -> list[Document]:
    """Reads a list of sentences; a document's id is its `orig_id`, else its place in the list.

    Args:
        path: the file. `entities` have `type`, `start` and `end` (exclusive), `relations` have `type`, `head`
            and `tail` (places in
            `entities`).

    Raises:
        InputError: the file cannot be read or is not of this form, or mentions overlap; the message names the
        sentence.
    """
    try:
        with open(path, encoding="utf-8") as file:
            sentences = json.load(file)
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected JSON: {error}", path=path) from error
    if not isinstance(sentences, list) or not sentences:
        raise InputError("expected a list of sentences", path=path)
    documents = []
    for place, sentence in enumerate(sentences):
        try:
            documents.append(_document(sentence, place))
        except (KeyError, TypeError, ValueError, InputError) as error:
            what = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise InputError(f"sentence {place} of the list: {what}", path=path) from error
    return documents


def write_spert_json(path: str | os.PathLike[str], documents: Iterable[Document]) -> None:
    """Writes documents.

    Relations whose ends are not the last tokens of mentions cannot be told in this form and are refused.

    Raises:
        InputError: such a relation, or the file cannot be written.
    """
    sentences = [_sentence(document) for document in documents]
    with open_atomically(path) as file:
        file.write(json.dumps(sentences, ensure_ascii=False).encode())


def _document(sentence: Mapping[str, Any], place: int) -> Document:
    if not isinstance(sentence, dict):
        raise TypeError(f"expected an object, received {type(sentence).__name__}")
    tokens = [_text(token, "a token") for token in sentence["tokens"]]
    if not tokens:
        raise ValueError("expected tokens, received none")
    mentions = [
        Mention(_text(entity["type"], "a type"), _number(entity["start"]), _number(entity["end"]))
        for entity in sentence["entities"]
    ]
    relations = [
        Relation(
            _text(relation["type"], "a type"),
            _mention_number(relation["head"], mentions),
            _mention_number(relation["tail"], mentions),
        )
        for relation in sentence["relations"]
    ]
    doc_id = str(sentence.get("orig_id", place))
    return document_from_mentions(doc_id, tokens, mentions, relations)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"expected {what}, received {value!r}")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"expected a number, received {value!r}")
    return value


def _mention_number(value: Any, mentions: list[Mention]) -> int:
    if not 0 <= _number(value) < len(mentions):
        raise ValueError(f"expected the place of an entity, 0..{len(mentions) - 1}, received {value}")
    return _number(value)


def _sentence(document: Document) -> dict[str, Any]:
    mentions, relations = mentions_and_relations(document)
    return {
        "tokens": list(document.tokens),
        "entities": [mention._asdict() for mention in mentions],
        "relations": [relation._asdict() for relation in relations],
        "orig_id": document.doc_id,
    }
