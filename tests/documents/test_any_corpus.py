"""Whatever is given for SpERT's JSON or for brat is read, or refused with file and line."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.documents import (
    brat_documents,
    read_brat,
    read_documents,
    read_spert_json,
    write_documents,
    write_spert_json,
)
from multihead_at.errors import InputError

PLACES = st.integers(-1, 4)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
KEYS = st.sampled_from(
    ("tokens", "entities", "relations", "orig_id", "type", "start", "end", "head", "tail", "x")
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
TYPES = st.sampled_from(("A", "N", "", "a\tb", "\ud800", "x" * 201)) | SCALARS
SENTENCES = st.fixed_dictionaries(
    {
        "tokens": st.lists(st.sampled_from(("a", "b c", "", "\t", "\ud800")) | VALUES, max_size=4),
        "entities": st.lists(
            st.fixed_dictionaries({"type": TYPES, "start": PLACES, "end": PLACES}) | VALUES, max_size=3
        ),
        "relations": st.lists(
            st.fixed_dictionaries({"type": TYPES, "head": PLACES, "tail": PLACES}) | VALUES, max_size=3
        ),
    },
    optional={"orig_id": VALUES},
)
GOOD = st.fixed_dictionaries(
    {
        "tokens": st.lists(st.sampled_from(("a", "b c", "\u2028")), min_size=4, max_size=4),
        "entities": st.just([{"type": "A", "start": 0, "end": 2}, {"type": "B", "start": 2, "end": 3}]),
        "relations": st.lists(
            st.fixed_dictionaries(
                {"type": st.just("R"), "head": st.integers(0, 1), "tail": st.integers(0, 1)}
            ),
            max_size=3,
        ),
    },
    optional={"orig_id": st.integers() | st.text(max_size=3)},
)


@given(
    st.lists(GOOD | SENTENCES, max_size=3).map(json.dumps)
    | VALUES.map(json.dumps)
    | st.lists(
        st.sampled_from(("[", "]", "{", "}", ",", ":", '"tokens"', '"', "\\", "1", "\n", "\ufeff")),
        max_size=20,
    ).map("".join)
)
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    folder = tmp_path_factory.mktemp("spert")
    path = folder / "x.json"
    path.write_bytes(content.encode())
    try:
        documents = read_spert_json(path)
    except InputError as error:
        assert error.path == str(path)
        assert error.line is not None and 1 <= error.line <= content.count("\n") + 1
        return
    write_documents(folder / "columns.txt", documents)
    assert read_documents(folder / "columns.txt") == documents
    write_spert_json(folder / "again.json", documents)
    assert read_spert_json(folder / "again.json") == documents


PIECES = (
    "T1",
    "T2",
    "R1",
    "E1",
    "*",
    "#1",
    "\t",
    " ",
    ";",
    "0",
    "1",
    "5",
    "9",
    "A",
    "Arg1:T1",
    "Arg2:T2",
    "\r",
)
LINES = (
    "T1\tA 0 1\ta",
    "T2\tB 2 5\tb",
    "T3\tB 1 2\t ",
    "T4\tB 0 1;2 3\tab",
    "T5\tA 0 9\tlong",
    "R1\tR Arg1:T1 Arg2:T2",
    "R2\tR Arg1:T1 Arg2:T4",
    "E1\tT1:T2",
)
ANNOTATIONS = st.lists(
    st.sampled_from(LINES) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=6
).map("\n".join)


@given(
    ANNOTATIONS.map(str.encode) | st.binary(max_size=40),
    st.text("ab. \n\u200b\u2029", max_size=12).map(str.encode) | st.binary(max_size=12),
)
def test_any_annotations_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, annotations: bytes, text: bytes
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    (folder / "x.ann").write_bytes(annotations)
    (folder / "x.txt").write_bytes(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            (found,) = read_brat(folder / "x.txt")
            documents = brat_documents(found)
    except InputError as error:
        assert error.path in (str(folder / "x.ann"), str(folder / "x.txt"))
        content = annotations if error.path.endswith(".ann") else text
        assert error.line is not None and 1 <= error.line <= content.count(b"\n") + 1
        return
    assert found.text == text.decode()
    if documents:
        write_documents(folder / "columns.txt", documents)
        assert read_documents(folder / "columns.txt") == documents
