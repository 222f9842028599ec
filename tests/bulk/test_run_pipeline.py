"""The pipeline over files: nothing is lost, and the answers are those of `predict`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import multihead_at
from multihead_at.bulk import run_pipeline
from multihead_at.cli.main import main

SENTENCES = [
    "Ada Brook lives in Velm .",
    "Bo Orrin lives in Tarn .",
    "Nobody lives in the sea .",
    "Dee Marl lives in Port Hale .",
]


def read(folder: Path, prefix: str) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted(folder.glob(f"{prefix}-0*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def write_shards(folder: Path) -> Path:
    """Two shards, one of them gzipped, with records that cannot be read between the others."""
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(SENTENCES)]
    (folder / "in-1.jsonl").write_bytes(
        "\n".join([lines[0], '{"text": ', lines[1]]).encode() + b'\n{"text": "\xff"}\n'
    )
    with gzip.open(folder / "in-2.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join([lines[2], "[]", lines[3], '{"tokens": ["Ada", "Brook"]}']))
    return folder / "in-*"


def test_every_record_is_answered_or_put_aside(tmp_path: Path, bio_model: Path, bio_run: Path) -> None:
    counts = run_pipeline(
        str(bio_model),
        inputs=str(write_shards(tmp_path)),
        output=str(tmp_path / "out"),
        errors=str(tmp_path / "bad"),
    )
    assert (counts.extracted, counts.bad) == (5, 3)
    found = {record["id"]: record for record in read(tmp_path, "out")}
    extractor = multihead_at.load(bio_run)
    for number, text in enumerate(SENTENCES):
        expected = extractor(text)
        assert found[str(number)]["text"] == text
        assert [
            (entity["type"], entity["start"], entity["end"])
            for entity in found[str(number)]["entities"]  # type: ignore[attr-defined]
        ] == [(entity.type, entity.start, entity.end) for entity in expected.entities]
        assert len(found[str(number)]["relations"]) == len(expected.relations)  # type: ignore[arg-type]
    assert sum(bool(record["relations"]) for record in found.values()) >= 3
    (without_id,) = set(found) - {str(number) for number in range(len(SENTENCES))}
    assert str(without_id).startswith("sha1:")
    bad = read(tmp_path, "bad")
    assert sorted(str(record["input"]) for record in bad) == ["[]", '{"text": ', '{"text": "\\xff"}']
    assert all(record["error"] for record in bad)


def test_several_processes_give_what_one_gives(
    tmp_path: Path, bio_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.txt").write_text("\n".join(SENTENCES * 3), encoding="utf-8")
    results = []
    for workers in (1, 2):
        output = tmp_path / f"out{workers}"
        flags = [f"--model={bio_model}", f"--files={tmp_path / 'in.txt'}", "--input=lines"]
        assert main(["bulk", *flags, f"--output={output}", f"--workers={workers}"]) == 0
        results.append(sorted(json.dumps(record) for record in read(tmp_path, output.name)))
    assert results[0] == results[1]
    assert len(results[0]) == 3 * len(SENTENCES)
    assert "12 records extracted to" in capsys.readouterr().out


def test_given_boundaries_are_taken_and_whoever_has_none_is_put_aside(tmp_path: Path, ec_model: Path) -> None:
    records = [
        {"id": "a", "text": SENTENCES[0], "entities": [{"start": 0, "end": 9}, {"start": 19, "end": 23}]},
        {"id": "b", "text": SENTENCES[1]},
        {"id": "c", "tokens": ["Dee", "Marl", "lives"], "entities": [{"start": 0, "end": 2}]},
        {"id": "d", "text": SENTENCES[0], "entities": [{"start": 0, "end": 99}]},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    counts = run_pipeline(
        str(ec_model),
        inputs=str(tmp_path / "in.jsonl"),
        output=str(tmp_path / "out"),
        errors=str(tmp_path / "bad"),
    )
    assert (counts.extracted, counts.bad) == (2, 2)
    found = {
        str(record["id"]): [(one["type"], one["text"]) for one in record["entities"]]  # type: ignore[attr-defined]
        for record in read(tmp_path, "out")
    }
    assert found == {"a": [("Peop", "Ada Brook"), ("Loc", "Velm")], "c": [("Peop", "Dee Marl")]}
    bad = read(tmp_path, "bad")
    assert sorted(json.loads(str(record["input"]))["id"] for record in bad) == ["b", "d"]


def test_no_file_that_fits_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = [f"--model={tmp_path}", f"--files={tmp_path}/none-*", f"--output={tmp_path / 'out'}"]
    assert main(["bulk", *flags]) == 2
    assert "none-*: expected files to read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--files=f", "--output=o"], "--model is needed"),
        (["--model=m", "--files=f", "--output=o", "--input=text"], "expected lines or jsonl"),
        (["--model=m", "--files=f", "--output=o", "--workers=0"], "expected at least 1"),
        (["--model=m", "--files=f", "--output=o", "--threshold=2"], "from 0 to 1"),
    ],
)
def test_wrong_flags_are_one_message(
    flags: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulk", *flags]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
