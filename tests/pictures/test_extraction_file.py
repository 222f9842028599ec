from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from multihead_at.documents import Document, Head, write_documents
from multihead_at.errors import InputError
from multihead_at.pictures.arc import Arc
from multihead_at.pictures.box import Box
from multihead_at.pictures.drawing import Drawing
from multihead_at.pictures.extraction_file import iterate_extractions
from multihead_at.pictures.pictured_document import PicturedDocument

LINE = {
    "id": "a",
    "text": "Velm has  Ada\nBrook.",
    "entities": [
        {"type": "Peop", "start": 10, "end": 19, "text": "Ada\nBrook", "probability": 0.98765},
        {"type": "Loc", "start": 0, "end": 4, "text": "Velm", "probability": 0.5},
    ],
    "relations": [{"type": "Live_In", "head": 0, "tail": 1, "probability": 0.75}],
}


def extractions(path: Path) -> list[PicturedDocument]:
    return list(iterate_extractions(path))


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "out.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def test_json_lines_of_running_text_in_whatever_order_their_entities_stand(tmp_path: Path) -> None:
    assert extractions(written(tmp_path, LINE, "", {**LINE, "id": 7})) == [
        PicturedDocument(
            doc_id,
            (
                (
                    "",
                    Drawing(
                        "Velm has  Ada\nBrook.",
                        (
                            Box("Loc", 0, 4, note="probability 0.500"),
                            Box("Peop", 10, 19, note="probability 0.988"),
                        ),
                        (Arc("Live_In", 1, 0, note="probability 0.750"),),
                    ),
                ),
            ),
        )
        for doc_id in ("a", "7")
    ]


def test_json_lines_of_tokens_count_tokens(tmp_path: Path) -> None:
    entities = [{"type": "Peop", "start": 1, "end": 3}]
    path = written(tmp_path, {"tokens": ["of", "Ada", "Brook"], "entities": entities, "relations": []})
    (document,) = extractions(path)
    # Without an id it is the line's number.
    assert document == PicturedDocument("1", (("", Drawing("of Ada Brook", (Box("Peop", 3, 12),), ())),))


def test_five_columns_and_what_has_no_box_is_counted(tmp_path: Path) -> None:
    heads = ((Head("Live_In", 2), Head("Live_In", 1)), (Head("Kill", 2),), (Head("N", 2),))
    path = tmp_path / "predictions.txt"
    write_documents(path, [Document("7", ("Ada", "of", "Velm"), ("B-Peop", "O", "B-Loc"), heads)])
    assert extractions(path) == [
        PicturedDocument(
            "7",
            (
                (
                    "",
                    Drawing("Ada of Velm", (Box("Peop", 0, 3), Box("Loc", 7, 11)), (Arc("Live_In", 0, 1),)),
                ),
            ),
            outside=2,
        )
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "expected a JSON object: "),
        ("[1]", "expected a JSON object, received list"),
        ('{"text": "\\ud800"}', "expected UTF-8 text, received other bytes or half of a surrogate pair"),
        ({"text": "a"}, "KeyError, 'entities'"),
        pytest.param(
            {**LINE, "relations": [{"type": "R", "head": 0, "tail": 1, "probability": 10**400}]},
            "OverflowError, int too large",
            id="huge",
        ),
        ({**LINE, "text": 3}, "TypeError, 3 where str belongs"),
        ({**LINE, "relations": [{"type": "R", "head": 0, "tail": 2}]}, "KeyError, 2"),
        (
            {**LINE, "relations": [{"type": "R", "head": 0, "tail": True}]},
            "TypeError, True where int belongs",
        ),
        ({**LINE, "text": "short"}, "ValueError, an entity outside the text"),
        (
            {**LINE, "entities": [{"type": "A", "start": 0, "end": 3}, {"type": "B", "start": 1, "end": 4}]},
            "ValueError, Expected boxes in order and apart. Received: Box(",
        ),
        ({"tokens": ["a"], "entities": [{"type": "A", "start": 0, "end": 2}], "relations": []}, "ValueError"),
    ],
    ids=repr,
)
def test_a_line_of_another_kind_is_told_with_its_number(tmp_path: Path, line: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        extractions(written(tmp_path, LINE, line))
    assert message in caught.value.message
    assert (caught.value.line, Path(str(caught.value.path)).name) == (2, "out.jsonl")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b'{"text": "\xff"}\n')
    with pytest.raises(InputError, match="expected UTF-8 text"):
        extractions(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        extractions(tmp_path / "none.jsonl")
