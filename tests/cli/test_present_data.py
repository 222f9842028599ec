from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.present_data import PresentData
from multihead_at.documents import Document, Head, write_documents
from multihead_at.runs import RunData

SETTINGS: dict[str, Any] = {
    "dataset": "mine",
    "filename_train": "mine/train.txt",
    "filename_dev": "mine/dev.txt",
    "filename_test": "mine/test.txt",
    "filename_embeddings": "small",
    "fold": -1,
}


def document(doc_id: str) -> Document:
    return Document(doc_id, ("word",), ("O",), ((Head("N", 0),),))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a corpus and vectors, far from the vectors of gensim."""
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path / "gensim"))
    folder = tmp_path / "data"
    for name in ("mine", "embeddings"):
        (folder / name).mkdir(parents=True)
    for split in ("train", "dev", "test"):
        documents = [document(f"{split}{number}") for number in range(4)]
        write_documents(folder / "mine" / f"{split}.txt", documents)
    (folder / "embeddings" / "small.txt").write_text("word 1 2\n", encoding="utf-8")
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_they_are_the_checksums_that_a_run_writes_down(data: Path) -> None:
    files = tuple(data / "mine" / f"{split}.txt" for split in ("train", "dev", "test"))
    expected = RunData(tuple(map(sha256, files)), sha256(data / "embeddings" / "small.txt"))
    assert PresentData(data).of(SETTINGS) == expected


def test_each_fold_has_its_own(data: Path) -> None:
    present = PresentData(data)
    found = [present.of({**SETTINGS, "fold": fold}).documents for fold in range(3)]
    assert len(set(found)) == 3
    assert found[0][1] == found[1][2]


def test_what_is_not_there_is_not_known(data: Path) -> None:
    (data / "mine" / "dev.txt").unlink()
    unknown = {**SETTINGS, "filename_embeddings": "glove-wiki-gigaword-100"}
    assert PresentData(data).of(unknown) == RunData()
