"""What was found in a record, as text to write."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from multihead_at.documents import AnnotatedText, Mention, Relation, format_document
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.record import Record

_DIGITS = 6


def format_json_line(record: Record, extraction: Extraction) -> str:
    """One line of JSON: `id`, `text` (or `tokens`, where these were given), `entities` and `relations`.

    Starts and ends count what the record was made of: characters or tokens.
    """
    data: dict[str, Any] = {"id": record.record_id}
    if record.of_tokens:
        data["tokens"] = [token.text for token in extraction.tokens]
    else:
        data["text"] = extraction.text
    data["entities"] = [
        {
            "type": entity.type,
            "start": entity.token_start if record.of_tokens else entity.start,
            "end": entity.token_end if record.of_tokens else entity.end,
            "text": entity.text,
            "probability": round(entity.probability, _DIGITS),
        }
        for entity in extraction.entities
    ]
    data["relations"] = [
        {**dataclasses.asdict(relation), "probability": round(relation.probability, _DIGITS)}
        for relation in extraction.relations
    ]
    return json.dumps(data, ensure_ascii=False) + "\n"


def format_columns(record: Record, extraction: Extraction) -> str:
    """The five-column format, a document for each sentence; nothing for a record without tokens.

    A document's id is the record's, with `.1`, `.2`, ... behind it where there are several sentences.

    Raises:
        InputError: a token or the id holds what the format cannot.
    """
    documents = []
    for number, sentence in enumerate(extraction.sentences, start=1):
        doc_id = f"{record.record_id}.{number}" if len(extraction.sentences) > 1 else str(record.record_id)
        documents.append(format_document(dataclasses.replace(sentence, doc_id=doc_id)))
    return "".join(documents)


def annotated_text(record: Record, extraction: Extraction) -> AnnotatedText:
    """The extraction as brat has it: spans of characters."""
    return AnnotatedText(
        str(record.record_id),
        extraction.text,
        tuple(Mention(entity.type, entity.start, entity.end) for entity in extraction.entities),
        tuple(Relation(relation.type, relation.head, relation.tail) for relation in extraction.relations),
    )
