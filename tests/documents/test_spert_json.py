"""SpERT's JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from multihead_at.documents import Document, Head, read_documents
from multihead_at.documents.spert_json import read_spert_json, write_spert_json
from multihead_at.errors import InputError

SENTENCE: dict[str, Any] = {
    "tokens": ["Ada", "Brook", "lives", "in", "Velm"],
    "entities": [{"type": "Peop", "start": 0, "end": 2}, {"type": "Loc", "start": 4, "end": 5}],
    "relations": [{"type": "Live_In", "head": 0, "tail": 1}],
    "orig_id": 12,
}


def write(folder: Path, data: Any) -> Path:
    path = folder / "corpus.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_sentence(tmp_path: Path) -> None:
    (document,) = read_spert_json(write(tmp_path, [SENTENCE]))
    assert document == Document(
        "12",
        ("Ada", "Brook", "lives", "in", "Velm"),
        ("B-Peop", "I-Peop", "O", "O", "B-Loc"),
        ((Head("N", 0),), (Head("Live_In", 4),), (Head("N", 2),), (Head("N", 3),), (Head("N", 4),)),
    )


def test_writing_and_reading_gives_the_same(tmp_path: Path) -> None:
    documents = read_spert_json(write(tmp_path, [SENTENCE]))
    write_spert_json(tmp_path / "again.json", documents)
    assert read_spert_json(tmp_path / "again.json") == documents


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tokens": []}, "document without tokens"),
        ({"tokens": "Ada"}, "tokens: expected a list, received str"),
        ({"tokens": ["a\tb"]}, "expected one without tabs"),
        ({"tokens": ["\ud800"]}, "expected one without tabs"),
        ({"relations": [{"type": "N", "head": 0, "tail": 1}]}, "stands for none"),
        ({"orig_id": ""}, "document id"),
        ({"tokens": [1]}, "expected a token"),
        ({"entities": [{"type": "Loc", "start": 4}]}, "'end' is missing"),
        ({"entities": [{"type": "Loc", "start": 4, "end": 6}], "relations": []}, "within 0..5"),
        *(
            ({"entities": [{"type": "P", "start": start, "end": end}] * 2}, "within 0..5")
            for start, end in ((4, 6), (4, 10**20), (-2, -1), (-(10**20), 2))
        ),
        ({"entities": [{"type": "Loc", "start": True, "end": 2}]}, "expected a number"),
        ({"relations": [{"type": "Live_In", "head": 0, "tail": 2}]}, "place of an entity"),
        ({"relations": [{"type": "Live_In", "head": -1, "tail": 1}]}, "place of an entity"),
    ],
)
def test_a_bad_sentence_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_spert_json(write(tmp_path, [SENTENCE, {**SENTENCE, **change}]))
    assert "sentence 1 of the list" in str(caught.value)


@pytest.mark.parametrize("data", [{}, [], [3], ["x"]])
def test_what_is_no_list_of_sentences(tmp_path: Path, data: Any) -> None:
    with pytest.raises(InputError, match=r"corpus\.json"):
        read_spert_json(write(tmp_path, data))


def test_a_relation_beside_mentions_cannot_be_written(tmp_path: Path) -> None:
    document = Document("1", ("a", "b"), ("O", "B-Loc"), ((Head("Kill", 1),), (Head("N", 1),)))
    with pytest.raises(InputError, match="last tokens of mentions"):
        write_spert_json(tmp_path / "x.json", [document])


def test_conll04_as_spert_publishes_it(corpus_file) -> None:  # type: ignore[no-untyped-def]
    splits = [
        read_spert_json(corpus_file(f"conll04_spert_json/conll04_{split}.json"))
        for split in ("train", "dev", "test")
    ]
    assert list(map(len, splits)) == [922, 231, 288]
    published = {document.doc_id for document in read_documents(corpus_file("conll04/test.txt"))}
    assert {document.doc_id for document in splits[2]} == published


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"entities": [{"type": "x" * 201, "start": 0, "end": 1}], "relations": []},
            "type of 201 characters",
        ),
        ({"orig_id": [1]}, "orig_id: expected text or a whole number, received list"),
        ({"orig_id": 1.5}, "orig_id: expected text or a whole number, received 1.5"),
        ({"tokens": ["a", {}]}, "expected a token, received dict"),
        ({"entities": [{"type": "P", "start": "x" * 999, "end": 1}]}, "expected a number, received 'xxx"),
    ],
)
def test_messages_stay_short(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_spert_json(write(tmp_path, [{**SENTENCE, **change}]))
    assert message in str(caught.value)
    assert len(caught.value.message) < 200


def test_a_missing_id_is_the_place(tmp_path: Path) -> None:
    documents = read_spert_json(write(tmp_path, [SENTENCE, {**SENTENCE, "orig_id": None}]))
    assert [document.doc_id for document in documents] == ["12", "1"]


@pytest.mark.parametrize("depth", [400, 600, 700, 800, 900, 950])
def test_what_is_nested_deep_is_refused(tmp_path: Path, depth: int) -> None:
    """JSON that could still be read could be too deep to be shown."""
    path = tmp_path / "corpus.json"
    path.write_text('\n[{"tokens": [' + "[" * depth + "]" * depth + "]}]", encoding="utf-8")
    with pytest.raises(InputError, match=r"corpus\.json:2: "):
        read_spert_json(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"\n{}", b"\n[]", b"\n[" + b"1" * 5000 + b"]", b"\n\xff"])
def test_every_mistake_has_a_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corpus.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_spert_json(path)
    assert caught.value.line == 1 + content.count(b"\n")
