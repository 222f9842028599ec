"""What becomes of the lines of a batch, and how large a batch may be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that

from multihead_at.bulk import EXTRACTED, ExtractLines

MARK = b"\xef\xbb\xbf"


@pytest.fixture
def answers(bio_run: Path) -> Callable[[Sequence[bytes], str], list[Any]]:
    """A function that extracts from one batch; a bad record is its text in brackets."""

    def extract(batch: Sequence[bytes], form: str) -> list[Any]:
        function = ExtractLines(str(bio_run), form=form)._extract
        function.setup()
        return [
            [json.loads(found.value)["input"]]
            if isinstance(found, beam.pvalue.TaggedOutput)
            else json.loads(found)
            for found in function.process(batch)
        ]

    return extract


def test_an_id_is_kept_even_where_it_is_the_records_place(answers: Callable[..., list[Any]]) -> None:
    batch = [b'{"id": 1, "text": "a"}', b'{"text": "a"}', b'{"id": 3, "text": "a"}', b'{"id": 9, "text": ""}']
    ids = [found["id"] for found in answers(batch, "jsonl")]
    assert ids[0::2] == [1, 3] and ids[3] == 9
    assert ids[1].startswith("sha1:")


def test_a_blank_line_is_a_record_wherever_it_stands(answers: Callable[..., list[Any]]) -> None:
    assert [found["text"] for found in answers([b"", b"Ada", b"", b""], "lines")] == ["", "Ada", "", ""]
    assert answers([b""], "lines")[0]["entities"] == []


def test_a_byte_order_mark_is_dropped_wherever_a_file_begins(answers: Callable[..., list[Any]]) -> None:
    found = answers([b"Ada", MARK + b"Ada Brook lives in Velm."], "lines")
    assert [one["text"] for one in found] == ["Ada", "Ada Brook lives in Velm."]
    assert found[1]["entities"][0]["start"] == 0
    found = answers([b'{"id": "x", "text": ""}', MARK + b'{"id": "y", "text": ""}', MARK + b"["], "jsonl")
    assert [one if isinstance(one, list) else one["id"] for one in found] == ["x", "y", ["["]]


class _Sizes(beam.DoFn):
    """Tells how many lines and bytes a batch has."""

    def process(self, element: Sequence[bytes]) -> Iterator[tuple[int, int]]:
        yield len(element), sum(map(len, element))


@pytest.mark.parametrize(("length", "most_lines"), [(1000, 65), (10, 256), (300_000, 1)])
def test_a_batch_is_bounded_in_lines_and_bytes(
    length: int, most_lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multihead_at.bulk.extract_lines.BYTES_AT_ONCE", 2**16)
    transform = ExtractLines("none")
    transform._extract = _Sizes()  # type: ignore[assignment]

    def check(sizes: list[tuple[int, int]]) -> None:
        assert sum(lines for lines, _ in sizes) == 800
        assert max(lines for lines, _ in sizes) <= most_lines
        assert all(lines == 1 or size <= 2**16 for lines, size in sizes)

    with beam.Pipeline() as pipeline:
        found = pipeline | beam.Create([b"x" * length] * 800) | transform
        assert_that(found[EXTRACTED], check)
