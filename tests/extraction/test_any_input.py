"""Whatever is given for prediction becomes records, or what is wrong with them."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.extraction import BadRecord, read_records

PIECES = {
    "text": "A b. \n\r\u2029\u200b\u00ad'\"()-.!?1\U0001f680",
    "lines": "A b. \n\r\u2029\u200b\u00ad'\"()-.!?1\U0001f680",
    "jsonl": [
        "{",
        "}",
        "[",
        "]",
        '"text"',
        '"tokens"',
        '"entities"',
        ":",
        ",",
        '"a b"',
        "1",
        "null",
        "\n",
        "\\u",
    ],
    "columns": [
        "#doc",
        " 1",
        "\n",
        "\r\n",
        "\t",
        "0",
        "1",
        "a",
        "O",
        "B-a",
        "I-a",
        "['N']",
        "['L']",
        "[0]",
        "[1]",
    ],
}
PLACES = st.integers(-1, 6)
VALUES = st.recursive(
    st.none() | st.booleans() | PLACES | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
SPANS = st.lists(st.fixed_dictionaries({"start": PLACES, "end": PLACES}) | VALUES, max_size=3)
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "id": VALUES,
        "text": st.text("ab .\u200b\ud800", max_size=8) | VALUES,
        "tokens": st.lists(st.text("ab \ud800", max_size=2) | VALUES, max_size=4) | VALUES,
        "entities": SPANS | VALUES,
    },
)


def check(data: bytes, form: str) -> None:
    """Records have their tokens where these say, and bad ones a line and a reason."""
    lines = len(data.split(b"\n"))
    for with_boundaries in (False, True):
        for record in read_records(io.BytesIO(data), form, with_boundaries=with_boundaries):
            if isinstance(record, BadRecord):
                assert record.reason and 1 <= record.line <= lines
                continue
            assert 1 <= record.line <= lines
            text = record.text
            assert text.sentence_ends == tuple(sorted(set(text.sentence_ends)))
            assert (text.sentence_ends or (0,))[-1] == len(text.tokens)
            for token in text.tokens:
                assert len(token.text) == token.end - token.start > 0
            for start, end in text.boundaries or ():
                assert 0 <= start < end <= len(text.tokens)


@pytest.mark.parametrize("form", PIECES)
@given(data=st.data())
def test_anything_is_read_or_told(form: str, data: st.DataObject) -> None:
    pieces = st.lists(st.sampled_from(PIECES[form]), max_size=30).map(lambda some: "".join(some).encode())
    check(data.draw(pieces | st.binary(max_size=40)), form)


@given(st.lists(OBJECTS | VALUES, max_size=3))
def test_objects_of_any_form_are_read_or_told(objects: list[object]) -> None:
    check("\n".join(map(json.dumps, objects)).encode(), "jsonl")
