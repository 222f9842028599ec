"""Input of every form to records, one after another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from multihead_at.documents import TokenizedText, mentions_from_bio, parse_document
from multihead_at.documents.shown_json import shown_json
from multihead_at.errors import InputError
from multihead_at.extraction.bad_record import BadRecord
from multihead_at.extraction.half_pair import has_half_pair
from multihead_at.extraction.input_line import MOST_BYTES, InputLine, iterate_lines
from multihead_at.extraction.record import Record

_LONGEST_PARAGRAPH = 2**17
_DOCUMENT_MARK = b"#doc"
_BYTES_A_LINE = 32

Block = Sequence[InputLine]


def read_records(
    file: BinaryIO,
    form: str,
    *,
    with_boundaries: bool = False,
    on_bytes: Callable[[int], object] | None = None,
) -> Iterator[Record | BadRecord]:
    """Reads records, holding one at a time.

    Args:
        file: the input, UTF-8.
        form: `text`: running text, a record for each paragraph (up to a blank line, or to a line's end
            behind 131,072 bytes). `lines`: a sentence on each line, which may be blank. `jsonl`: a JSON
            object on each line, with `text` (running text) or `tokens` (a sentence), `entities` where their
            boundaries are given (objects with `start` and `end`, in characters of the text or in tokens) and
            an `id` if it has one; blank lines are passed over. `columns`: the five-column format, a record
            for each document.
        with_boundaries: whether the model needs the boundaries of entities; otherwise they are not looked at.
        on_bytes: called with the number of bytes read since the last call.

    Yields:
        A record, or what is wrong with it, in the order of the input.
    """
    lines = iterate_lines(file, on_bytes)
    if form == "text":
        return _read(_paragraphs(lines), _paragraph)
    if form == "columns":
        return _read(_documents(lines), lambda block: _document(block, with_boundaries))
    if form == "lines":
        return _read(([line] for line in lines), _sentence)
    objects = ([line] for line in lines if line.raw.strip())
    return _read(objects, lambda block: _object(block, with_boundaries))


def _read(blocks: Iterable[Block], parse: Callable[[Block], Record]) -> Iterator[Record | BadRecord]:
    for block in blocks:
        try:
            yield parse(block)
        except InputError as error:
            # Only the five-column format knows its line within the record.
            yield BadRecord(error.line or block[0].number, error.message, _raw(block))


def _raw(block: Block) -> str:
    return "\n".join(line.shown() for line in block)


def _paragraphs(lines: Iterable[InputLine]) -> Iterator[Block]:
    block: list[InputLine] = []
    size = 0
    for line in lines:
        # A line that cannot be read is a record of its own, so that the others around it are not lost.
        stands_alone = not _is_readable(line)
        if block and (stands_alone or not line.raw.strip() or size > _LONGEST_PARAGRAPH):
            yield block
            block, size = [], 0
        if stands_alone:
            yield [line]
        elif line.raw.strip():
            block.append(line)
            size += len(line.raw)
    if block:
        yield block


def _is_readable(line: InputLine) -> bool:
    try:
        line.decode()
    except InputError:
        return False
    return True


def _documents(lines: Iterable[InputLine]) -> Iterator[Block]:
    block: list[InputLine] = []
    size = 0
    for line in lines:
        if block and line.raw.startswith(_DOCUMENT_MARK):
            yield block
            block, size = [], 0
        # Of its own a line takes memory too: a million blank ones are no document.
        size += len(line.raw) + _BYTES_A_LINE
        if size <= MOST_BYTES:
            block.append(line)
        elif not block or block[-1].is_whole:
            # The rest is passed over.
            block.append(line._replace(is_whole=False))
    if block:
        yield block


def _paragraph(block: Block) -> Record:
    text = "\n".join(line.decode() for line in block)
    return Record(block[0].number, TokenizedText.of_text(text), False, block[0].number, text)


def _sentence(block: Block) -> Record:
    (line,) = block
    text = line.decode()
    return Record(line.number, TokenizedText.of_text(text, one_sentence=True), False, line.number, text)


def _document(block: Block, with_boundaries: bool) -> Record:
    document = parse_document([line.decode() for line in block], line=block[0].number)
    mentions = mentions_from_bio(document.tags) if with_boundaries else None
    spans = None if mentions is None else [(mention.start, mention.end) for mention in mentions]
    text = TokenizedText.of_tokens(document.tokens, spans)
    return Record(document.doc_id, text, True, block[0].number, _raw(block), has_own_id=True)


def _object(block: Block, with_boundaries: bool) -> Record:
    (line,) = block
    raw = line.decode()
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected a JSON object: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"expected a JSON object, received {type(data).__name__}")
    record_id = data.get("id", line.number)
    if not isinstance(record_id, (str, int)) or isinstance(record_id, bool):
        raise InputError(f"id {shown_json(record_id)} received, expected text or a whole number")
    if ("text" in data) == ("tokens" in data):
        received = "both" if "text" in data else "neither"
        raise InputError(f"expected either 'text' or 'tokens', received {received}")
    spans = _spans(data) if with_boundaries else None
    if "text" in data:
        text = TokenizedText.of_text(_text(data["text"], "text"), spans)
    else:
        if not isinstance(data["tokens"], list):
            raise InputError(f"tokens: expected a list, received {type(data['tokens']).__name__}")
        text = TokenizedText.of_tokens([_text(token, "a token") for token in data["tokens"]], spans)
    _text(str(record_id), "id")
    return Record(record_id, text, "tokens" in data, line.number, raw, has_own_id="id" in data)


def _spans(data: Mapping[str, Any]) -> list[tuple[int, int]]:
    entities = data.get("entities")
    if not isinstance(entities, list):
        raise InputError(
            "expected 'entities', a list of objects with 'start' and 'end': this model was trained with EC "
            "and needs their boundaries"
        )
    spans = []
    for entity in entities:
        start, end = (entity.get("start"), entity.get("end")) if isinstance(entity, dict) else (None, None)
        if type(start) is not int or type(end) is not int:
            raise InputError(
                f"entity {shown_json(entity)} received, expected 'start' and 'end', whole numbers"
            )
        spans.append((start, end))
    return spans


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{what} {shown_json(value)} received, expected a text in quotation marks")
    if has_half_pair(value):
        raise InputError(f"half of a surrogate pair in {what} received, which is no character")
    return value
