from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from multihead_at.cli.main import main

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder of results with one run."""
    run = tmp_path / "results" / "conll04" / "ec-at0.01-seed1"
    run.mkdir(parents=True)
    result = {
        "dataset": "conll04",
        "setting": "EC",
        "evaluation": "relaxed",
        "protocol": "original",
        "alpha": 0.01,
        "seed": 1,
        "batch_size": 1,
        "test": {"entity_f1": 93.0, "relation_f1": 67.0, "overall_f1": 80.0},
        "cpu_seconds": 60.0,
        "word_vectors": "made-up",
    }
    (run / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return tmp_path / "results"


def test_the_table_is_shown_and_the_files_are_named(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(results.parent)
    assert main(["report", "--nofigure"]) == 0
    output, error = capsys.readouterr()
    assert output.splitlines() == [
        "test F1 (%)                         split  runs  entity / relation / overall  paper",
        "CoNLL04 baseline EC + AT (relaxed)  fixed  1     93.00 / 67.00 / 80.00        93.04 / 67.99 / 80.51",
        *(f"written: results/table1.{ending}" for ending in ("md", "csv", "tex")),
        *(f"written: results/significance.{ending}" for ending in ("md", "csv")),
    ]
    assert error == ""


def test_remarks_are_notes_on_the_error_stream(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = results / "conll04" / "ec-at0.01-seed1" / "result.json"
    result = {**json.loads(path.read_text(encoding="utf-8")), "fold": 3}
    path.write_text(json.dumps(result), encoding="utf-8")
    assert main(["report", f"--results={results}", "--nofigure"]) == 0
    assert capsys.readouterr().err == (
        "multihead-at: note: CoNLL04, baseline EC + AT, relaxed, 10-fold: seed 1 is not whole, without folds "
        "0, 1, 2, 4, 5, 6, 7, 8, 9\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--results=nowhere"], "nowhere: expected the folder of results"),
        (["--results=empty"], "empty: expected finished runs, as <dataset>/<run>/result.json; received none"),
        (
            [],
            "results/conll04/ec-at0.01-seed1/epochs.jsonl: cannot be read: No such file or directory",
        ),
    ],
    ids=repr,
)
def test_mistakes(
    results: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(results.parent)
    (results.parent / "empty").mkdir()
    assert main(["report", *arguments]) == 2
    assert capsys.readouterr().err == f"multihead-at: error: {message}\n"


def test_tensorflow_is_not_needed(results: Path) -> None:
    program = (
        "import sys\nfrom multihead_at.cli.main import main\n"
        "print(main(sys.argv[1:]), {'tensorflow', 'keras', 'gensim'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "report", f"--results={results}", "--nofigure"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(CHECKOUT)},
    )
    assert done.stdout.splitlines()[-1] == "0 set()"
