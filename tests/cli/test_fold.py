"""`--fold` from the command line to the run, with stand-ins for vectors and training."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import Document, Head
from multihead_at.documents.spert_json import write_spert_json

RUN = {"dataset": "ade", "fold": 3, "protocol": "best", "seed": 1}


def _relation(pubmed_id: int, drug: str, effect: str) -> str:
    """A line of the ADE corpus about the sentence "<drug> caused <effect> ."."""
    start = len(drug) + len(" caused ")
    spans = f"{effect}|{start}|{start + len(effect)}|{drug}|0|{len(drug)}"
    return f"{pubmed_id}|{drug} caused {effect} .|{spans}\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an ADE corpus of twenty sentences; the working folder is an empty one."""
    folder = tmp_path / "data"
    (folder / "ade").mkdir(parents=True)
    lines = [_relation(number, f"Quorbin{number}", "pale toes") for number in range(20)]
    (folder / "ade" / "DRUG-AE.rel").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What trainings were called with; stand-ins take their place."""
    made: list[dict[str, Any]] = []

    def train_run(config: Any, corpus: Any, vectors: Any, run_dir: Path, **options: Any) -> dict[str, Any]:
        made.append({"config": config, "corpus": corpus, "run_dir": run_dir})
        return {}

    encoding, training = ModuleType("vector_files"), ModuleType("training")
    encoding.load_vectors = lambda name, data_dir: None  # type: ignore[attr-defined]
    training.train_run = train_run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "multihead_at.encoding.vector_files", encoding)
    monkeypatch.setitem(sys.modules, "multihead_at.training", training)
    return made


@pytest.fixture
def train(data: Path) -> Callable[..., int]:
    return lambda *arguments: main(["train", f"--data_dir={data}", *arguments])


def test_a_fold_is_trained_straight_from_the_raw_corpus(
    train: Callable[..., int], runs: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert train("--dataset=ade", "--at_alpha=0.001", "--fold=3", "--seed=1") == 0
    (run,) = runs
    assert run["config"].to_dict().items() >= RUN.items()
    assert run["run_dir"] == Path("runs/ade-bio-at0.001-fold3-seed1")
    corpus = run["corpus"]
    assert (len(corpus.train), len(corpus.dev), len(corpus.test)) == (16, 2, 2)
    assert corpus.test[0].tags == ("B-Drug", "O", "B-Adverse-Effect", "I-Adverse-Effect", "O")
    assert capsys.readouterr().err == ""


def test_the_folds_are_those_of_any_seed(train: Callable[..., int], runs: list[dict[str, Any]]) -> None:
    assert train("--dataset=ade", "--fold=3", "--seed=1") == 0
    assert train("--dataset=ade", "--fold=3", "--seed=2") == 0
    assert runs[0]["corpus"] == runs[1]["corpus"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--dataset=ade"],
            "--fold=N (0 to 9) is needed, which takes folds of the raw corpus, ade/DRUG-AE.rel",
        ),
        (["--dataset=ade", "--fold=10"], "fold: expected 0 to 9 for corpus 'ade', received 10"),
        (["--dataset=ade", "--fold=-2"], "fold: expected a whole number of at least -1, received -2"),
        (["--dataset=ade", "--fold=x"], "expected a whole number, received 'x'"),
        (["--dataset=drec", "--fold=1"], "train file of corpus 'drec': 'drec/train.tsv' not found"),
    ],
    ids=repr,
)
def test_mistakes(
    train: Callable[..., int],
    runs: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert train(*arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("multihead-at: error: ") and error.count("\n") == 1
    assert message in error
    assert runs == []


def test_files_of_json_are_read_as_spert_s(
    train: Callable[..., int], runs: list[dict[str, Any]], data: Path
) -> None:
    (data / "json").mkdir()
    arguments = ["--dataset=conll04"]
    document = Document("7", ("Velm",), ("B-Loc",), ((Head("N", 0),),))
    for split in ("train", "dev", "test"):
        write_spert_json(data / "json" / f"{split}.json", [document])
        arguments.append(f"--filename_{split}=json/{split}.json")
    assert train(*arguments) == 0
    assert runs[0]["corpus"].test == (document,)
    assert runs[0]["run_dir"] == Path("runs/conll04-bio-seed1")
