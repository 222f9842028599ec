"""Input of every form to records."""

from __future__ import annotations

import io
from typing import Any

import pytest

from multihead_at.extraction import BadRecord, Record, read_records
from multihead_at.extraction.input_line import iterate_lines


def read(data: str | bytes, form: str, **options: Any) -> list[Record | BadRecord]:
    return list(read_records(io.BytesIO(data.encode() if isinstance(data, str) else data), form, **options))


def texts(records: list[Record | BadRecord]) -> list[tuple[Any, str]]:
    assert all(isinstance(record, Record) for record in records)
    return [(record.record_id, record.text.text) for record in records if isinstance(record, Record)]


def reasons(records: list[Record | BadRecord]) -> list[tuple[int, str]]:
    return [(record.line, record.reason) for record in records if isinstance(record, BadRecord)]


def test_paragraphs_of_running_text() -> None:
    records = read("\nAda lives\r\nin Velm. So\n \n\nBo. \n", "text")
    assert texts(records) == [(2, "Ada lives\nin Velm. So"), (6, "Bo. ")]
    assert isinstance(records[0], Record)
    assert records[0].text.sentence_ends == (5, 6)


def test_a_paragraph_that_does_not_end_is_cut_at_a_line() -> None:
    records = read("word word\n" * 30_000, "text")
    assert [record.line for record in records] == [1, 14565, 29129]
    assert "\n".join(text for _, text in texts(records)) == "\n".join(["word word"] * 30_000)


def test_lines_are_sentences_and_may_be_blank() -> None:
    records = read("\ufeffOne. Two.\n\n \u00a0\nMr. X\n", "lines")
    assert texts(records) == [(1, "One. Two."), (2, ""), (3, " \u00a0"), (4, "Mr. X")]
    assert [record.text.sentence_ends for record in records if isinstance(record, Record)] == [
        (4,),
        (),
        (),
        (2,),
    ]


def test_objects() -> None:
    records = read(
        '{"text": "a b", "id": "x"}\n\n{"tokens": ["a", "b c"]}\n{"text": "", "id": 7, "more": []}', "jsonl"
    )
    assert texts(records) == [("x", "a b"), (3, "a b c"), (7, "")]
    assert [record.of_tokens for record in records if isinstance(record, Record)] == [False, True, False]
    assert all(record.text.boundaries is None for record in records if isinstance(record, Record))


def test_boundaries_of_objects_and_documents() -> None:
    of_text, of_tokens = read(
        '{"text": "Ada Brook sat", "entities": [{"start": 0, "end": 9, "type": "?"}]}\n'
        '{"tokens": ["a", "b", "c"], "entities": [{"start": 2, "end": 3}, {"start": 0, "end": 1}]}',
        "jsonl",
        with_boundaries=True,
    )
    columns = "#doc d\n0\ta\tB-X\t['N']\t[0]\n1\tb\tI-X\t['N']\t[1]\n2\tc\tO\t['N']\t[2]\n"
    (of_document,) = read(columns, "columns", with_boundaries=True)
    found = [
        record.text.boundaries for record in (of_text, of_tokens, of_document) if isinstance(record, Record)
    ]
    assert found == [((0, 2),), ((0, 1), (2, 3)), ((0, 2),)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "expected a JSON object"),
        ("[" * 100_000, "expected a JSON object"),
        ("[]", "expected a JSON object, received list"),
        ("{}", "expected either 'text' or 'tokens'"),
        ('{"text": "a", "tokens": []}', "expected either 'text' or 'tokens'"),
        ('{"text": 3}', "text 3 received, expected a text in quotation marks"),
        ('{"tokens": "a"}', "tokens: expected a list, received str"),
        ('{"tokens": ["a", 1]}', "a token 1 received, expected a text"),
        ('{"tokens": [""]}', "empty token"),
        ('{"text": "a", "id": [1]}', "id list received"),
        ('{"text": "a", "id": true}', "id True received"),
        ('{"text": "\\ud800"}', "half of a surrogate pair in text"),
        ('{"text": "a", "id": "\\udc00"}', "half of a surrogate pair in id"),
    ],
)
def test_bad_objects_are_told_and_the_next_is_read(line: str, reason: str) -> None:
    bad, good = read(f'\n{line}\n{{"text": "good"}}', "jsonl")
    assert isinstance(bad, BadRecord) and isinstance(good, Record)
    assert (bad.line, bad.raw) == (2, line)
    assert bad.reason.startswith(reason)


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ("", "expected 'entities'"),
        (', "entities": {}', "expected 'entities'"),
        (', "entities": [3]', "entity 3 received, expected 'start' and 'end'"),
        (', "entities": [{"start": 0}]', "expected 'start' and 'end'"),
        (', "entities": [{"start": 0, "end": true}]', "expected 'start' and 'end'"),
        (', "entities": [{"start": 0, "end": 4}]', "within the 3 there are"),
    ],
)
def test_bad_boundaries(entities: str, reason: str) -> None:
    (bad,) = read(f'{{"text": "abc"{entities}}}', "jsonl", with_boundaries=True)
    assert isinstance(bad, BadRecord)
    assert reason in bad.reason


@pytest.mark.parametrize("form", ["text", "lines"])
def test_bytes_that_are_no_text_are_a_record_of_their_own(form: str) -> None:
    records = read(b"one\nt\xffo\nthree\n", form)
    assert [record.line for record in records] == [1, 2, 3]
    assert reasons(records) == [(2, "byte 0xff at position 2 received, expected UTF-8")]
    assert isinstance(records[1], BadRecord)
    assert records[1].raw == "t\\xffo"


def test_documents_go_on_after_a_bad_one() -> None:
    good = "#doc {}\n0\ta\tO\t['N']\t[0]\n"
    records = read(
        f"before\n{good.format(1)}#doc 2\n0\ta\tO\t['N']\t[0]\n1\tb\tX\t['N']\t[1]\n{good.format(3)}",
        "columns",
    )
    assert [record.record_id for record in records if isinstance(record, Record)] == ["1", "3"]
    (first, second) = reasons(records)
    assert first == (1, "'before' received, expected a line '#doc <id>' first")
    assert second[0] == 6 and second[1].startswith("tag 'X' received, expected O, B-<type> or I-<type>")


def test_lines_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multihead_at.extraction.input_line.MOST_BYTES", 8)
    read_bytes: list[int] = []
    lines = list(
        iterate_lines(io.BytesIO(b"1234567\n12345678\nab\n123456789012345678901\n\nend"), read_bytes.append)
    )
    assert [(line.number, line.is_whole) for line in lines] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
        (5, True),
        (6, True),
    ]
    assert [line.raw for line in lines[2:]] == [b"ab", b"12345678", b"", b"end"]
    assert read_bytes == [8, 9, 3, 22, 1, 3]


def test_a_document_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multihead_at.extraction.record_reader.MOST_BYTES", 120)
    tokens = "".join(f"{place}\ta\tO\t['N']\t[{place}]\n" for place in range(9))
    bad, good = read(f"#doc 1\n{tokens}#doc 2\n0\ta\tO\t['N']\t[0]\n", "columns")
    assert isinstance(bad, BadRecord) and isinstance(good, Record)
    assert "expected less" in bad.reason
    assert len(bad.raw) < 100


def test_a_document_whose_first_line_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line alone would do; with what every line takes it does not."""
    monkeypatch.setattr("multihead_at.extraction.record_reader.MOST_BYTES", 120)
    bad, good = read(f"#doc {'1' * 114}\n0\ta\tO\t['N']\t[0]\n#doc 2\n0\ta\tO\t['N']\t[0]\n", "columns")
    assert isinstance(bad, BadRecord) and isinstance(good, Record)
    assert "expected less" in bad.reason


@pytest.mark.parametrize("form", ["text", "lines", "jsonl", "columns"])
def test_nothing_in_an_empty_file(form: str) -> None:
    assert read(b"", form) == []


def test_a_record_knows_whether_its_id_is_its_own() -> None:
    column = "#doc {}\n0\ta\tO\t['N']\t[0]\n"
    for form, data, own in (
        ("jsonl", '{"id": 1, "text": ""}\n{"text": ""}', [True, False]),
        ("columns", column.format(1), [True]),
        ("lines", "a", [False]),
        ("text", "a", [False]),
    ):
        records = read(data, form)
        assert [record.has_own_id for record in records if isinstance(record, Record)] == own


@pytest.mark.parametrize("depth", [10, 600, 700, 800, 900, 950])
def test_what_is_nested_deep_is_told_in_short(depth: int) -> None:
    """JSON that could still be read could be too deep to be shown."""
    nested = "[" * depth + "]" * depth
    records = read(
        f'{{"text": "a", "id": {nested}}}\n{{"text": "a", "entities": [{nested}]}}',
        "jsonl",
        with_boundaries=True,
    )
    assert [line for line, _ in reasons(records)] == [1, 2]
    assert all(len(reason) < 200 for _, reason in reasons(records))


def test_a_document_of_very_many_lines_is_told_once() -> None:
    """Each line takes memory and time of its own, blank ones too."""
    (bad, good) = read("#doc 1\n" + "\n" * 200_000 + "#doc 2\n0\ta\tO\t['N']\t[0]\n", "columns")
    assert isinstance(bad, BadRecord) and isinstance(good, Record)
    assert bad.line == 1 and bad.reason.startswith("line or document of more than")
    assert bad.raw.count("\n") < 150_000
