"""Predictions of a file, whichever form it has, as pictures."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from multihead_at.documents import NO_RELATION, Document, iterate_documents, mentions_from_bio
from multihead_at.errors import InputError
from multihead_at.pictures.arc import Arc
from multihead_at.pictures.box import Box
from multihead_at.pictures.drawing import Drawing
from multihead_at.pictures.pictured_document import PicturedDocument
from multihead_at.scoring.mention_relations import mention_relations

_Kind = TypeVar("_Kind", str, int)


def iterate_extractions(path: Path, *, root_node: bool = False) -> Iterator[PicturedDocument]:
    """Reads what was extracted from documents, holding one at a time.

    Args:
        path: a five-column file, or the JSON lines that `predict` writes; which of them, its first character
            tells.
        root_node: whether token 0 of a five-column document is its root.

    Yields:
        The documents in the order of the file.

    Raises:
        InputError: the file cannot be read, or is in neither format; with the line.
    """
    try:
        with open(path, "rb") as file:
            beginning = file.read(256).removeprefix(BOM_UTF8).lstrip()
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    if beginning.startswith(b"{"):
        yield from _json_lines(path)
    else:
        yield from (_picture(document, root_node) for document in iterate_documents(path))


def _picture(document: Document, root_node: bool) -> PicturedDocument:
    mentions = mentions_from_bio(document.tags)
    # Relations between the mentions, as the scorer takes them: other ends have no box.
    relations = mention_relations(document.heads, mentions, root_node=root_node)
    drawing = Drawing.of_mentions(document.tokens, mentions, relations)
    inside = {token for mention in mentions for token in range(mention.start, mention.end)}
    inside |= {0} if root_node else set()
    outside = [
        head
        for token, heads in enumerate(document.heads)
        for head in heads
        if head.relation != NO_RELATION and not {token, head.token} <= inside
    ]
    return PicturedDocument(document.doc_id, (("", drawing),), len(outside))


def _json_lines(path: Path) -> Iterator[PicturedDocument]:
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield _parse(line.removeprefix(BOM_UTF8), number)
                except InputError as error:
                    raise InputError(error.message, path=path, line=number) from None


def _parse(line: bytes, number: int) -> PicturedDocument:
    try:
        data = json.loads(line)
        # Halves of surrogate pairs are no characters, and no file could hold them.
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeError:
        raise InputError("expected UTF-8 text, received other bytes or half of a surrogate pair") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected a JSON object: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"expected a JSON object, received {type(data).__name__}")
    try:
        return PicturedDocument(str(data.get("id", number)), (("", _drawing(data)),))
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        raise InputError(
            "expected what predict writes (text or tokens, entities with type, start and end, relations with "
            f"type, head and tail): {type(error).__name__}, {error}"
        ) from None


def _drawing(data: Mapping[str, Any]) -> Drawing:
    """The drawing of an object, whose entities may stand in any order.

    Raises:
        KeyError, OverflowError, TypeError, ValueError: it is not what `predict` writes.
    """
    first_of: Sequence[int]
    end_of: Sequence[int]
    if "tokens" in data:
        tokens = [_of_kind(str, token) for token in data["tokens"]]
        starts = [0, *accumulate(len(token) + 1 for token in tokens)]
        text, first_of, end_of = " ".join(tokens), starts, [start - 1 for start in starts]
    else:
        text = _of_kind(str, data["text"])
        first_of = end_of = range(len(text) + 1)
    entities = data["entities"]
    spans = [(_of_kind(int, one["start"]), _of_kind(int, one["end"])) for one in entities]
    order = sorted(range(len(entities)), key=spans.__getitem__)
    if any(not 0 <= start < end < len(first_of) for start, end in spans):
        raise ValueError("an entity outside the text")
    boxes = [
        Box(
            _of_kind(str, entities[place]["type"]),
            first_of[spans[place][0]],
            end_of[spans[place][1]],
            note=_probability(entities[place]),
        )
        for place in order
    ]
    new_place = {place: new for new, place in enumerate(order)}
    arcs = [
        Arc(
            _of_kind(str, one["type"]),
            new_place[_of_kind(int, one["head"])],
            new_place[_of_kind(int, one["tail"])],
            note=_probability(one),
        )
        for one in data["relations"]
    ]
    return Drawing(text, tuple(boxes), tuple(arcs))


def _of_kind(kind: type[_Kind], value: Any) -> _Kind:
    if type(value) is not kind:
        raise TypeError(f"{value!r} where {kind.__name__} belongs")
    return value


def _probability(item: Mapping[str, Any]) -> str:
    """Predictions of other making may have none."""
    value = item.get("probability")
    return "" if value is None else f"probability {float(value):.3f}"
