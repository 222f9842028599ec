"""Whole runs on a tiny corpus."""

from __future__ import annotations

import dataclasses
import importlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from multihead_at.config import Config
from multihead_at.datasets import Corpus
from multihead_at.documents import Document, Head, read_documents, write_documents
from multihead_at.encoding import WordVectors
from multihead_at.errors import InputError
from multihead_at.runs import EpochLog, RunFolder
from multihead_at.scoring import DocumentCounts
from multihead_at.training import evaluate_run, train_run
from multihead_at.training.training_state import TrainingState

TRAINED_RUN = importlib.import_module("multihead_at.training.trained_run")
Make = Callable[..., Config]
EC = {"ner_classes": "EC", "ner_loss": "softmax", "evaluation_method": "relaxed"}


def run(config: Config, corpus: Corpus, vectors: WordVectors, path: Path, **how: Any) -> dict:
    how = {"resume": False, "overwrite": False, **how}
    return train_run(config, corpus, vectors, path, console=io.StringIO(), **how)


@pytest.mark.parametrize("changes", [{"use_adversarial": True}, {**EC, "batch_size": 4, "shuffle": True}])
def test_a_run_leaves_everything_behind(
    tmp_path: Path,
    corpus: Corpus,
    vectors: WordVectors,
    tiny_config: Make,
    changes: dict,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = tiny_config(**changes)
    result = run(config, corpus, vectors, tmp_path / "run")
    folder = RunFolder(tmp_path / "run")
    # Epochs 0..2 inclusive in both phases: patience (30) never runs out.
    epochs = [(line["phase"], line["epoch"]) for line in EpochLog(folder.epochs).read()]
    assert epochs == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    assert result["protocol"] == "original"
    assert result["test"]["weights"] == "retrained.npz"
    assert result["dev"]["weights"] == "best.npz"
    assert [len(read_documents(folder.predictions(split))) for split in ("dev", "test")] == [2, 2]
    assert "overall" in folder.scores("test").read_text(encoding="utf-8").lower()
    counts = DocumentCounts.read(folder.counts("test"), config.evaluation_method)
    assert counts.doc_ids == ("4", "5")
    for figure in ("entity", "relation", "overall"):
        assert round(100 * getattr(counts.total(), f"{figure}_f1"), 4) == result["test"][f"{figure}_f1"]
    assert list(folder.tensorboard.rglob("events*"))

    write_documents(tmp_path / "test.txt", corpus.test)
    monkeypatch.setattr(TRAINED_RUN, "load_vectors", lambda *_: vectors)
    scores = evaluate_run(tmp_path / "run", tmp_path / "test.txt", tmp_path / "out.txt", data_dir=tmp_path)
    assert 100 * scores.overall_f1 == pytest.approx(result["test"]["overall_f1"], abs=1e-4)
    assert (tmp_path / "out.txt").read_bytes() == folder.predictions("test").read_bytes()


def test_the_best_protocol_has_no_second_phase(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    corpus = dataclasses.replace(corpus, split="fold 3 of 10 in a test")
    result = run(tiny_config(protocol="best", nepochs=1, fold=3), corpus, vectors, tmp_path)
    assert (result["fold"], result["split"]) == (3, "fold 3 of 10 in a test")
    assert result["epochs"]["phase 2"] == 0
    assert result["test"]["weights"] == "best.npz"
    assert result["test"]["epoch"] == result["dev"]["epoch"]


@pytest.mark.parametrize(
    ("stop_after", "schedule"),
    [
        ((1, 2), "constant"),
        pytest.param((1, 0), "linear", marks=pytest.mark.long),
        pytest.param((1, 2), "linear", marks=pytest.mark.long),
        pytest.param((2, 1), "linear", marks=pytest.mark.long),
        pytest.param((2, 1), "constant", marks=pytest.mark.long),
    ],
)
def test_a_resumed_run_is_the_uninterrupted_one(
    tmp_path: Path,
    corpus: Corpus,
    vectors: WordVectors,
    tiny_config: Make,
    stop_after: tuple[int, int],
    schedule: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = tiny_config(
        batch_size=4,
        shuffle=True,
        group_lengths=True,
        learning_rate_schedule=schedule,
        average_decay=0.9,
    )
    whole = run(config, corpus, vectors, tmp_path / "whole")

    write = TrainingState.write

    def stopped(self: TrainingState, path: Path) -> None:
        write(self, path)
        if (self.phase, self.epoch) == stop_after:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(TrainingState, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(config, corpus, vectors, tmp_path / "again")
    resumed = run(config, corpus, vectors, tmp_path / "again", resume=True)

    clocks = ("seconds", "cpu_seconds")
    assert {k: v for k, v in resumed.items() if k not in clocks} == {
        k: v for k, v in whole.items() if k not in clocks
    }
    for name in ("best.npz", "retrained.npz"):
        with np.load(tmp_path / "whole" / name) as one, np.load(tmp_path / "again" / name) as other:
            for key in one.files:
                np.testing.assert_array_equal(one[key], other[key])


def test_a_finished_run_is_left_as_it_is(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> None:
    config = tiny_config(protocol="best", nepochs=0)
    first = run(config, corpus, vectors, tmp_path)
    weights = (tmp_path / "best.npz").read_bytes()
    assert run(config, corpus, vectors, tmp_path, resume=True) == first
    assert (tmp_path / "best.npz").read_bytes() == weights


@pytest.fixture
def to_evaluate(
    tmp_path: Path, corpus: Corpus, vectors: WordVectors, tiny_config: Make
) -> tuple[Path, Path, Path]:
    """A finished run, documents, and where predictions go."""
    run(tiny_config(protocol="best", nepochs=0), corpus, vectors, tmp_path / "run")
    write_documents(tmp_path / "test.txt", corpus.test)
    return tmp_path / "run", tmp_path / "test.txt", tmp_path / "out.txt"


@pytest.mark.filterwarnings("default::UserWarning")
def test_labels_that_the_model_does_not_know_are_told(
    tmp_path: Path,
    vectors: WordVectors,
    to_evaluate: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Document("1", ("a", "b"), ("B-Gene", "O"), ((Head("Causes", 0),), (Head("N", 1),)))
    write_documents(to_evaluate[1], [other])
    monkeypatch.setattr(TRAINED_RUN, "load_vectors", lambda *_: vectors)
    with pytest.warns(UserWarning) as told:
        evaluate_run(*to_evaluate, data_dir=tmp_path)
    assert [str(warning.message).partition(": ")[2] for warning in told] == [
        "entity types that the model does not know: 'Gene'",
        "relations that the model does not know: 'Causes'",
    ]


def test_vectors_that_are_not_there_are_told_with_the_way_out(
    tmp_path: Path, to_evaluate: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run's folder may have been taken elsewhere."""

    def lost(*_: object) -> None:
        raise InputError("word vectors 'mine' not found")

    monkeypatch.setattr(TRAINED_RUN, "load_vectors", lost)
    with pytest.raises(
        InputError, match=r"'mine' not found\. The run in .*run needs .* --filename_embeddings"
    ):
        evaluate_run(*to_evaluate, data_dir=tmp_path)


def test_other_vectors_are_refused_unless_asked_for(
    tmp_path: Path,
    vectors: WordVectors,
    to_evaluate: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = WordVectors(vectors.words, vectors.matrix, name="other", sha256="0" * 64)
    monkeypatch.setattr(TRAINED_RUN, "load_vectors", lambda *_: other)
    with pytest.raises(InputError, match="expected those of the run"):
        evaluate_run(*to_evaluate, data_dir=tmp_path)
    evaluate_run(*to_evaluate, data_dir=tmp_path, filename_embeddings="other")
