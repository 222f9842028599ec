"""The grammar of SpERT's JSON, piece by piece: reader and checks are made of it.

Every function but the first refuses with an `InputError` that knows no file and no line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from multihead_at.documents.bio import check_type_length
from multihead_at.documents.five_column_line import check_document_id, check_relation, check_tag, check_token
from multihead_at.documents.head import NO_RELATION
from multihead_at.documents.mention import Mention
from multihead_at.documents.relation import Relation
from multihead_at.documents.shown_json import shown_json
from multihead_at.errors import InputError
from multihead_at.files import read_utf8

_BLANKS = " \t\r\n"
_DECODER = json.JSONDecoder()


class SpertSentence(NamedTuple):
    """An element of the list, whatever it is.

    Attributes:
        place: in the list, from 0.
        line: in the file, from 1; files often have one line only.
        value: what stands there.
    """

    place: int
    line: int
    value: Any


def spert_sentences(path: str | os.PathLike[str]) -> Iterator[SpertSentence]:
    """Yields the elements of the list, at least one.

    Raises:
        InputError: the file cannot be read or holds no list, or its JSON ends in a mistake; with the line.
    """
    text = read_utf8(path, encoding="utf-8-sig")
    position = _behind_blanks(text, 0)
    if not text.startswith("[", position):
        _decode(text, position, path)
        raise InputError("expected a list of sentences", path=path, line=_line(text, position))
    place, counted, line = 0, 0, 1
    position = _behind_blanks(text, position + 1)
    while not (text.startswith("]", position) and place == 0):
        line += text.count("\n", counted, position)
        counted = position
        value, position = _decode(text, position, path)
        yield SpertSentence(place, line, value)
        place += 1
        position = _behind_blanks(text, position)
        if not text.startswith(",", position):
            break
        position = _behind_blanks(text, position + 1)
    if not text.startswith("]", position) or _behind_blanks(text, position + 1) != len(text):
        expected = "nothing behind the list" if text.startswith("]", position) else "',' or ']'"
        raise InputError(f"expected JSON: {expected}", path=path, line=_line(text, position))
    if place == 0:
        raise InputError("expected a list of sentences", path=path, line=_line(text, position))


def spert_object(value: Any) -> dict[str, Any]:
    """The sentence, entity or relation, if it is an object."""
    if not isinstance(value, dict):
        raise InputError(f"expected an object, received {type(value).__name__}")
    return value


def spert_list(sentence: dict[str, Any], name: str) -> list[Any]:
    """What a sentence has under a name, if it is a list."""
    value = _get(sentence, name)
    if not isinstance(value, list):
        raise InputError(f"{name}: expected a list, received {type(value).__name__}")
    return value


def spert_id(sentence: dict[str, Any], place: int) -> str:
    """The sentence's `orig_id`, else its place in the list."""
    value = sentence.get("orig_id")
    if value is not None and (not isinstance(value, (str, int)) or isinstance(value, bool)):
        raise InputError(f"orig_id: expected text or a whole number, received {shown_json(value)}")
    doc_id = str(place if value is None else value)
    check_document_id(doc_id)
    return doc_id


def spert_token(value: Any) -> str:
    """A token, if it is one that the five-column format can hold: predictions are written in it."""
    token = _text(value, "a token")
    check_token(token)
    return token


def spert_mention(value: Any) -> Mention:
    """An entity as a mention; whether the sentence is so long is not asked."""
    entity = spert_object(value)
    label = _text(_get(entity, "type"), "a type")
    check_type_length(label)
    check_tag(f"B-{label}")
    return Mention(label, _number(_get(entity, "start")), _number(_get(entity, "end")))


def spert_relation(value: Any) -> Relation:
    """A relation; whether there are so many entities is not asked."""
    relation = spert_object(value)
    label = _text(_get(relation, "type"), "a type")
    check_relation(label)
    if label == NO_RELATION:
        raise InputError(f"relation {label!r} received, which stands for none: expected another name")
    return Relation(label, _number(_get(relation, "head")), _number(_get(relation, "tail")))


def check_argument_range(relation: Relation, mentions: int) -> None:
    """Refuses a relation whose head or tail is none of so many entities."""
    for argument in (relation.head, relation.tail):
        if not 0 <= argument < mentions:
            expected = f"the place of an entity, 0..{mentions - 1}" if mentions else "entities"
            raise InputError(f"relation {relation.type}: expected {expected}, received {argument}")


def _get(data: dict[str, Any], name: str) -> Any:
    if name not in data:
        raise InputError(f"{name!r} is missing")
    return data[name]


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise InputError(f"expected {what}, received {shown_json(value)}")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"expected a number, received {shown_json(value)}")
    return value


def _decode(text: str, position: int, path: str | os.PathLike[str]) -> tuple[Any, int]:
    """The value that stands at `position`, and the place behind it."""
    try:
        return _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else _line(text, position)
        raise InputError(f"expected JSON: {error}", path=path, line=line) from error


def _line(text: str, position: int) -> int:
    return 1 + text.count("\n", 0, position)


def _behind_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position
