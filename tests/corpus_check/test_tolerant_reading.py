"""The tolerant readers refuse what the strict ones refuse, and read the rest just as they do."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.corpus_check import CheckedSplit, read_split
from multihead_at.datasets import read_document_file, sample_dir
from multihead_at.documents import Document, read_documents, write_spert_json
from multihead_at.errors import InputError

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "#doc 1",
                "#doc 2",
                "#doc",
                "",
                "0\ta\tB-Loc\t['N']\t[0]",
                "1\tb\tI-Loc\t['In']\t[0]",
                "1\tb\tB-Loc\t['In', 'Of']\t[0, 1]",
                "2\tc\tO\t['N']\t[3]",
                "0\ta\tO\t['N']",
                "0\ta\tO\t[]\t[]",
                "0\ta\tO\t['N', 'N']\t[0]",
                "0\ta\tX\t['']\t[0]",
                "0\t\rb\tO\t['N']\t[0]",
                "0\t\udcff\tO\t['N']\t[0]",
            ]
        ),
        st.text("0\t#doc'N[] ", max_size=8),
    ),
    max_size=8,
).map(lambda lines: "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))

NUMBERS = st.integers(-1, 3)
LABELS = st.sampled_from(["Loc", "In", "N", "", None])
SENTENCES = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "tokens": st.lists(st.sampled_from(["a", "b", "", "c\t"]), max_size=3),
                "entities": st.lists(
                    st.fixed_dictionaries({"type": LABELS, "start": NUMBERS, "end": NUMBERS}), max_size=2
                ),
                "relations": st.lists(
                    st.fixed_dictionaries({"type": LABELS, "head": NUMBERS, "tail": NUMBERS}), max_size=2
                ),
            },
            optional={"orig_id": st.one_of(st.integers(0, 3), st.just(""))},
        ),
        st.sampled_from([None, [], {}, {"tokens": ["a"]}]),
    ),
    max_size=2,
).map(lambda sentences: json.dumps(sentences).encode())

# Of a relation that is given twice the strict reader of JSON takes one.
NOT_REFUSED = ("duplicate_relation",)


def both(content: bytes, name: str) -> tuple[list[Document] | None, CheckedSplit]:
    """What the strict reader reads, None where it refuses the file; and what the tolerant one does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        tolerant = read_split(path, "train")
        try:
            return read_document_file(path), tolerant
        except InputError as error:
            # Where the strict one stops, the tolerant one has found something.
            assert error.line in {finding.line for finding in tolerant.findings}
            return None, tolerant


def agree(content: bytes, name: str) -> None:
    strict, tolerant = both(content, name)
    refused = [finding for finding in tolerant.findings if finding.kind.label not in NOT_REFUSED]
    assert bool(refused) == (strict is None)
    if strict is not None:
        assert list(tolerant.documents) == strict


@given(LINES)
def test_columns(content: bytes) -> None:
    agree(content, "train.txt")


@given(SENTENCES)
def test_json(content: bytes) -> None:
    agree(content, "train.json")


@given(st.text("[]{},:\"' a1\n", max_size=12))
def test_json_that_is_none(text: str) -> None:
    agree(text.encode(), "train.json")


def test_the_sample_is_read_with_the_lines_of_its_tokens() -> None:
    path = sample_dir() / "dev.txt"
    split = read_split(path, "dev")
    assert split.findings == ()
    assert list(split.documents) == read_documents(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for checked in split.checked:
        assert checked.line is not None
        assert lines[checked.line - 1] == f"#doc {checked.document.doc_id}"
        for token, line in zip(checked.document.tokens, checked.token_lines):
            assert lines[line - 1].split("\t")[1] == token


def test_json_knows_the_line_of_each_sentence(tmp_path: Path) -> None:
    documents = read_documents(sample_dir() / "dev.txt")[:3]
    write_spert_json(tmp_path / "dev.json", documents)
    assert [one.line for one in read_split(tmp_path / "dev.json", "dev").checked] == [1, 2, 3]


@pytest.mark.parametrize("name", ["nothing.txt", "nothing.json"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_split(tmp_path / name, "train")


def test_nothing_is_wrong_with_the_published_files(corpus_file: Callable[[str], Any]) -> None:
    for split in ("train", "dev", "test"):
        for name in (f"conll04/{split}.txt", f"conll04_spert_json/conll04_{split}.json"):
            assert read_split(corpus_file(name), split).findings == ()
