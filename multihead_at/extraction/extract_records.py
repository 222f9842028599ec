"""Any number of records, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Union

from multihead_at.extraction.bad_record import BadRecord
from multihead_at.extraction.extraction import Extraction
from multihead_at.extraction.extractor import Extractor
from multihead_at.extraction.record import Record

CHUNK = 1024
_MOST_CHARACTERS = 2**20

Result = Union[tuple[Record, Extraction], BadRecord]


def extract_records(
    extractor: Extractor,
    records: Iterable[Record | BadRecord],
    *,
    threshold: float | None = None,
    chunk: int = CHUNK,
) -> Iterator[Result]:
    """Predicts for records, chunk by chunk; within a chunk sentences of like length share a step.

    Args:
        extractor: the model.
        records: as `read_records` gives them.
        threshold: a relation is found where its probability is higher; None: the model's own.
        chunk: the most records that are read before the first is answered.

    Yields:
        Each record with what was found, and each bad record, in the order of the input.
    """
    held: list[Record | BadRecord] = []
    size = 0
    for record in records:
        held.append(record)
        size += len(record.raw)
        if len(held) >= chunk or size > _MOST_CHARACTERS:
            yield from _extract(extractor, held, threshold)
            held, size = [], 0
    yield from _extract(extractor, held, threshold)


def _extract(
    extractor: Extractor, held: Iterable[Record | BadRecord], threshold: float | None
) -> Iterator[Result]:
    texts = [record.text for record in held if isinstance(record, Record)]
    extractions = iter(extractor.extract_tokenized(texts, threshold=threshold))
    for record in held:
        yield record if isinstance(record, BadRecord) else (record, next(extractions))
