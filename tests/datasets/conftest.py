"""Corpora so small that they are written where they are used, and a server of files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

from file_server import FileServer, serving

from multihead_at.documents import Document, Head, write_documents


def _document(number: int) -> Document:
    return Document(f"{number}", ("word", f"{number}"), ("B-Loc", "O"), ((Head("N", 0),), (Head("N", 1),)))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server of files, asked without any proxy."""
    monkeypatch.setenv("no_proxy", "*")
    with serving() as running:
        yield running


@pytest.fixture
def write_split() -> Callable[..., list[Document]]:
    """Writes the three files of a corpus, of 8, 3 and 4 documents, and gives all of these in order."""

    def write(data_dir: Path, name: str = "mine", ending: str = "txt") -> list[Document]:
        (data_dir / name).mkdir(parents=True, exist_ok=True)
        documents = [_document(number) for number in range(15)]
        for split, first, last in (("train", 0, 8), ("dev", 8, 11), ("test", 11, 15)):
            write_documents(data_dir / name / f"{split}.{ending}", documents[first:last])
        return documents

    return write


@pytest.fixture
def write_ade() -> Callable[..., Path]:
    """Writes an ADE corpus of so many sentences below a data folder."""

    def write(data_dir: Path, sentences: int = 12) -> Path:
        folder = data_dir / "ade"
        folder.mkdir(parents=True, exist_ok=True)
        # Three sentences to an abstract; "rash" begins at 16, "Zorbin" at 0.
        lines = (
            f"{number // 3}|Zorbin{number:04} gave rash .|rash|16|20|Zorbin{number:04}|0|10\n"
            for number in range(sentences)
        )
        path = folder / "DRUG-AE.rel"
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write
