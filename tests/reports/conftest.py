"""Folders of results, made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from multihead_at.scoring import ClassScore, DocumentCounts, Scores

AddRun = Callable[..., Path]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """An empty folder of results."""
    folder = tmp_path / "results"
    folder.mkdir()
    return folder


@pytest.fixture
def add_run(results: Path) -> AddRun:
    """Adds a finished run to `results`.

    Keywords replace what `result.json` says; `documents` (of train, dev and test) and `vectors` are the
    checksums in `environment.json`, which there is with one of them alone.
    """

    def add(
        name: str,
        entity: float = 80.0,
        relation: float = 60.0,
        *,
        epochs: Sequence[float] = (10.0, 50.0, 60.0, 70.0),
        counts: DocumentCounts | None = None,
        documents: Sequence[str] = (),
        vectors: str = "",
        **changes: object,
    ) -> Path:
        figures = {"entity_f1": entity, "relation_f1": relation, "overall_f1": (entity + relation) / 2}
        if counts is not None:
            total = counts.total()
            figures = {figure: round(100 * getattr(total, figure), 4) for figure in figures}
        result = {
            "dataset": "conll04",
            "setting": "BIO",
            "evaluation": "strict",
            "protocol": "original",
            "alpha": 0.0,
            "seed": 1,
            "batch_size": 1,
            "test": figures,
            "cpu_seconds": 90.0,
            "word_vectors": "made-up",
            **changes,
        }
        folder = results / str(result["dataset"]) / name
        folder.mkdir(parents=True)
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
        lines = [
            {"phase": phase, "epoch": epoch, "dev_overall": value}
            for phase in (1, 2)
            for epoch, value in enumerate(epochs)
        ]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / "epochs.jsonl").write_text(text, encoding="utf-8")
        if documents or vectors:
            environment = {
                "documents_sha256": dict(zip(("train", "dev", "test"), documents)),
                "word_vectors": {"sha256": vectors},
            }
            (folder / "environment.json").write_text(json.dumps(environment), encoding="utf-8")
        if counts is not None:
            counts.write(folder / "counts-test.csv")
        return folder

    return add


@pytest.fixture
def make_counts() -> Callable[..., DocumentCounts]:
    """Makes counts of a strict run from (tp, fp, fn) of mentions and of relations, one pair a document."""

    def make(*documents: tuple[tuple[int, int, int], tuple[int, int, int]]) -> DocumentCounts:
        scores = tuple(
            Scores("strict", False, {"Loc": ClassScore(*entity)}, {"Kill": ClassScore(*relation)})
            for entity, relation in documents
        )
        return DocumentCounts(tuple(f"id{number}" for number in range(len(documents))), scores)

    return make
