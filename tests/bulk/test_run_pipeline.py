"""The pipeline over files: nothing is lost, and the answers are those of `predict`."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import multihead_at
from multihead_at.bulk import BulkCounts, run_pipeline
from multihead_at.cli.main import main
from multihead_at.errors import InputError

CHECKOUT = Path(__file__).resolve().parents[2]
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


@pytest.mark.long
def test_several_processes_give_what_one_gives_and_say_no_more(tmp_path: Path, bio_saved_model: Path) -> None:
    file, alone, together = (tmp_path / name for name in ("in.txt", "alone", "together"))
    file.write_text("\n".join(SENTENCES * 3), encoding="utf-8")
    run_pipeline(
        str(bio_saved_model), inputs=str(file), output=str(alone), errors=str(tmp_path / "bad"), form="lines"
    )
    flags = [
        f"--model={bio_saved_model}",
        f"--files={file}",
        "--input=lines",
        f"--output={together}",
        "--workers=2",
    ]
    command = [sys.executable, "-m", "multihead_at", "bulk", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert (done.stdout, done.stderr) == (f"12 records extracted to {together}-*.jsonl\n", "")
    one, other = (
        sorted(json.dumps(record) for record in read(tmp_path, output.name)) for output in (alone, together)
    )
    assert one == other
    assert len(one) == 3 * len(SENTENCES)


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


def test_no_file_that_fits_is_one_message(
    tmp_path: Path, bio_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [f"--model={bio_run}", f"--files={tmp_path}/none-*", f"--output={tmp_path / 'out'}"]
    assert main(["bulk", *flags]) == 2
    assert "none-*: expected files to read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--files=f", "--output=o"], "--model is needed"),
        (["--model=m", "--files=f", "--output=o", "--input=text"], "expected lines or jsonl"),
        (["--model=m", "--files=f", "--output=o", "--workers=0"], "expected at least 1"),
        (["--model=m", "--files=f", "--output=o", "--threshold=2"], "from 0 to 1"),
        (
            ["--model=none", "--files=f", "--output=o"],
            "none: expected the folder of a run, with a flags.json",
        ),
    ],
)
def test_wrong_flags_are_one_message(
    flags: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulk", *flags]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--output=plain/part"], "plain: cannot be written: "),
        (["--output=new/part", "--errors=plain/bad"], "plain: cannot be written: "),
        (["--output=new/part", "--beam=--runner=Nix"], "Beam's options: Unexpected pipeline runner: Nix"),
        (["--output=no-such://new/part"], "no-such://new/part: cannot be reached by Beam: Unable to get "),
        (["--output=new/part", "--files=no-such://in*"], "no-such://in*: cannot be reached by Beam: "),
        # In a folder that nobody may read, or that is none, Beam finds nothing.
        (["--output=new/part", "--files=plain/in*"], "plain/in*: expected files to read"),
    ],
)
def test_what_beam_would_tell_in_a_traceback_is_one_message(
    tmp_path: Path,
    bio_run: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    flags: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plain").touch()
    Path("in.txt").write_text("Ada\n", encoding="utf-8")
    old = Path("new/part-00000-of-00001.jsonl")
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    given = [f"--model={bio_run}", "--files=in.txt", "--input=lines", "--overwrite"]
    assert main(["bulk", *given, *flags]) == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1
    assert old.read_text(encoding="utf-8") == "old"


def test_a_model_that_cannot_take_lines_is_one_message(
    tmp_path: Path, ec_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [f"--model={ec_run}", "--files=f", f"--output={tmp_path / 'out'}", "--input=lines"]
    assert main(["bulk", *flags]) == 2
    error = capsys.readouterr().err
    assert "trained with EC" in error and error.endswith("expected --input=jsonl (with entities)\n")
    assert error.count("\n") == 1


def test_a_damaged_model_is_one_message(
    tmp_path: Path, bio_saved_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported = shutil.copytree(bio_saved_model / "1", tmp_path / "model")
    (exported / "saved_model.pb").write_bytes(b"no model")
    assert main(["bulk", f"--model={exported}", "--files=f", f"--output={tmp_path / 'out'}"]) == 2
    error = capsys.readouterr().err
    assert "saved_model.pb: damaged SavedModel" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_refuses_is_told_in_one_line(
    workers: int, tmp_path: Path, bio_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.txt").write_text("Ada\n", encoding="utf-8")
    flags = [f"--model={bio_run}", f"--files={tmp_path / 'in.txt'}", "--input=lines", f"--workers={workers}"]
    missing = tmp_path / "none.txt"
    flags += [f"--output={tmp_path / 'out'}", f"--filename_embeddings={missing}"]
    assert main(["bulk", *flags]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("multihead-at: error: ") and str(missing) in line
    assert "while running" not in line


def test_a_worker_gets_what_the_command_is_told(
    tmp_path: Path, bio_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: dict[str, Any] = {}

    def pipeline(model_dir: str, **options: Any) -> BulkCounts:
        received.update(options)
        return BulkCounts(None, None)

    monkeypatch.setattr("multihead_at.bulk.run_pipeline", pipeline)
    needed = [f"--model={bio_run}", "--files=f", "--output=o"]
    vectors = {"data_dir": str(tmp_path), "filename_embeddings": "mine.txt"}
    given = [f"--{name}={value}" for name, value in vectors.items()]
    assert main(["bulk", *needed, *given, "--overwrite", "--threshold=0.3"]) == 0
    assert received == {
        "inputs": "f",
        "output": "o",
        # No shard of theirs fits the pattern of the output's shards.
        "errors": "o.errors",
        "form": "jsonl",
        "options": [],
        "threshold": 0.3,
        "overwrite": True,
        **vectors,
    }


def test_folders_of_other_machines_need_not_be_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multihead_at.bulk.run_pipeline", lambda *_, **__: BulkCounts(None, None))
    flags = ["--model=/none/model", "--files=f", "--output=o", "--data_dir=/none/data"]
    assert main(["bulk", *flags]) == 2
    assert main(["bulk", *flags, "--beam=--runner=FlinkRunner"]) == 0


def test_results_do_not_stand_twice_after_another_run(tmp_path: Path, bio_run: Path) -> None:
    (tmp_path / "in.txt").write_text("\n".join(SENTENCES), encoding="utf-8")
    for shard in ("out-00001-of-00002.jsonl", "out-00000-of-00001.jsonl"):
        (tmp_path / shard).write_text('{"id": "old"}\n', encoding="utf-8")
    options: dict[str, Any] = {"inputs": str(tmp_path / "in.txt"), "form": "lines"}
    options.update(output=str(tmp_path / "out"), errors=str(tmp_path / "bad"))
    with pytest.raises(InputError, match="exists already: --overwrite"):
        run_pipeline(str(bio_run), **options)
    run_pipeline(str(bio_run), **options, overwrite=True)
    assert sorted(str(record["text"]) for record in read(tmp_path, "out")) == sorted(SENTENCES)
    with pytest.raises(InputError, match="expected different prefixes"):
        run_pipeline(str(bio_run), **{**options, "errors": options["output"]}, overwrite=True)
