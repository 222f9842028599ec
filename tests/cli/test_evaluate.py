"""The command `evaluate`, with stand-ins for scoring and training: what it checks and hands on."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from multihead_at.cli.main import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run's folder, beside a file `gold.txt` in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MULTIHEAD_AT_DATA_DIR", raising=False)
    (tmp_path / "gold.txt").write_text("gold", encoding="utf-8")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "flags.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []

    def evaluate_run(run_dir: Path, file: Path, output: Path, **options: Any) -> str:
        made.append({"run_dir": run_dir, "file": file, "output": output, **options})
        return "scores"

    training, table = ModuleType("training"), ModuleType("table")
    training.evaluate_run = evaluate_run  # type: ignore[attr-defined]
    table.format_scores = lambda scores: f"table of {scores}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "multihead_at.training", training)
    monkeypatch.setitem(sys.modules, "multihead_at.scoring.table", table)
    return made


def test_prints_the_table_and_where_the_predictions_are(
    run: Path, calls: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", f"--run={run}", "--file=gold.txt"]) == 0
    output = run / "predictions-evaluated-gold.txt"
    assert calls == [
        {
            "run_dir": run,
            "file": Path("gold.txt"),
            "output": output,
            "data_dir": Path("data"),
            "filename_embeddings": None,
            "evaluation_method": None,
            "decoding": None,
        }
    ]
    assert capsys.readouterr() == (f"table of scores\npredictions: {output}\n", "")


def test_hands_on_what_is_given(run: Path, calls: list[dict[str, Any]], tmp_path: Path) -> None:
    data = tmp_path / "corpora"
    (data / "mine").mkdir(parents=True)
    (data / "mine" / "test.txt").write_text("gold", encoding="utf-8")
    arguments = [f"--data_dir={data}", "--output=out.txt", "--filename_embeddings=v.bin"]
    arguments += ["--decoding=edmonds"]
    assert (
        main(
            ["evaluate", f"--run={run}", "--file=mine/test.txt", "--evaluation_method=boundaries", *arguments]
        )
        == 0
    )
    assert calls == [
        {
            "run_dir": run,
            "file": data / "mine" / "test.txt",
            "output": Path("out.txt"),
            "data_dir": data,
            "filename_embeddings": "v.bin",
            "evaluation_method": "boundaries",
            "decoding": "edmonds",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--file=gold.txt"], "--run=DIR is needed"),
        (["--run=run"], "--file=FILE is needed"),
        (["--run=gold.txt", "--file=gold.txt"], "gold.txt: expected the folder of a run, with a flags.json"),
        (["--run=nowhere", "--file=gold.txt"], "nowhere: expected the folder of a run, with a flags.json"),
        (["--run=run", "--file=nothing.txt"], "nothing.txt' not found"),
        (
            ["--run=run", "--file=gold.txt", "--evaluation_method=exact"],
            "evaluation_method: expected one of strict",
        ),
        (["--run=run", "--file=gold.txt", "--decoding=mst"], "decoding: expected one of threshold, edmonds"),
        (["--run=run", "--file=gold.txt", "--data_dir=nowhere"], "data_dir: expected a folder that is there"),
        (
            ["--run=run", "--file=gold.txt", "--output=./gold.txt"],
            "output: expected another file than the one to score",
        ),
        *(
            (
                ["--run=run", "--file=gold.txt", f"--output=run/{own}"],
                f"run/{own}: output: expected another file",
            )
            for own in ("flags.json", "best.npz", "predictions-test.txt", "../run/counts-test.csv")
        ),
        (["--run=run", "--file=gold.txt", "--seed=3"], "unknown flag --seed"),
    ],
    ids=repr,
)
def test_mistakes(
    run: Path,
    calls: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert main(["evaluate", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("multihead-at: error: ") and error.count("\n") == 1
    assert message in error
    assert calls == []
