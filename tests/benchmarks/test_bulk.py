"""The benchmark of bulk extraction: its records, and that it notices a loss."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bulk import count, measure, predict_command, sample_sentences, write_records


def test_one_record_in_a_hundred_is_spoilt(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    assert write_records(path, 450) == 4
    good = 0
    for number, line in enumerate(path.read_bytes().splitlines()):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and "text" in record:
            assert record["id"] == number
            good += 1
    assert good == 446


def test_sentences_are_of_the_samples_grammar_and_always_the_same() -> None:
    sentences = list(islice(sample_sentences(), 20))
    assert sentences == list(islice(sample_sentences(), 20))
    assert all(4 < len(tokens) < 60 for tokens in sentences)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four records number 2 is spoilt."""
    monkeypatch.setattr("benchmarks.bulk.SPOILT_ONE_IN", 4)


def written(folder: Path, ids: list[Any], lines: list[int]) -> Path:
    output = folder / "out"
    output.write_text("".join(f'{{"id": {json.dumps(number)}}}\n' for number in ids), encoding="utf-8")
    errors = "".join(f'{{"line": {line}}}\n' for line in lines)
    (folder / "out.errors").write_text(errors, encoding="utf-8")
    return output


@pytest.mark.usefixtures("few")
def test_records_are_counted(tmp_path: Path) -> None:
    assert count(written(tmp_path, [0, 1, 3], [3]), 4, 2.0) == {
        "out": 3,
        "put_aside": 1,
        "records_per_cpu_second": 2.0,
    }


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("ids", "lines"),
    [
        ([0, 1], [3]),
        ([0, 1, 3], []),
        ([0, 1, 3, 3], [3]),
        ([1, 0, 3], [3]),
        ([0, 1, 2], [4]),
        (["0", 1, 3], [3]),
    ],
)
def test_a_loss_is_noticed(tmp_path: Path, ids: list[Any], lines: list[int]) -> None:
    with pytest.raises(SystemExit, match="some are lost"):
        count(written(tmp_path, ids, lines), 4, 1.0)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("ids", "whole"),
    [
        ([[3], [0, 1]], True),
        ([[3], [0, 0]], False),
        ([[3], [0]], False),
        ([[2], [0, 1]], False),
        ([["sha1:0"], [0, 1]], False),
    ],
)
def test_records_of_shards_are_counted(ids: list[list[Any]], whole: bool, tmp_path: Path) -> None:
    for number, part in enumerate(ids):
        lines = "".join(f'{{"id": {json.dumps(record)}}}\n' for record in part)
        (tmp_path / f"out-{number:05}-of-00002.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "out.errors-00000-of-00001.jsonl").write_text('{"error": "no JSON"}\n', encoding="utf-8")
    if whole:
        assert count(tmp_path / "out", 4, 1.0)["put_aside"] == 1
        return
    with pytest.raises(SystemExit, match="some are lost"):
        count(tmp_path / "out", 4, 1.0)


def test_a_command_is_measured() -> None:
    row = measure([sys.executable, "-c", "bytearray(50_000_000)"])
    assert row["peak_mb"] > 50
    with pytest.raises(SystemExit, match="ended with 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.long
def test_predict_loses_nothing(bio_run: Path, tmp_path: Path) -> None:
    records, output = tmp_path / "records.jsonl", tmp_path / "out"
    spoilt = write_records(records, 160)
    measure(predict_command(str(bio_run), records, output, []))
    assert count(output, 160, 1.0)["put_aside"] == spoilt == 2
