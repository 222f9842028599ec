from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from multihead_at.datasets import read_document_file
from multihead_at.datasets.shared_texts import count_shared_texts
from multihead_at.documents import Document, Head


def _document(text: str, tag: str = "O") -> Document:
    tokens = tuple(text.split())
    tags = (tag,) + ("O",) * (len(tokens) - 1)
    return Document("1", tokens, tags, tuple((Head("N", token),) for token in range(len(tokens))))


def test_texts_are_compared_and_not_their_tags() -> None:
    splits = {
        "train": [_document("a b"), _document("a b", "B-Loc"), _document("a b"), _document("c")],
        "dev": [_document("c"), _document("d")],
        "test": [_document("a b", "B-Org"), _document("a b"), _document("c d")],
    }
    assert count_shared_texts(splits) == {
        ("train", "train"): 2,
        ("dev", "dev"): 0,
        ("test", "test"): 1,
        ("train", "dev"): 1,
        ("train", "test"): 1,
        ("dev", "test"): 0,
    }


def test_shared_texts_of_conll04(corpus_file: Callable[[str], Path]) -> None:
    splits = {
        split: read_document_file(corpus_file(f"conll04/{split}.txt")) for split in ("train", "dev", "test")
    }
    assert count_shared_texts(splits) == {
        ("train", "train"): 31,
        ("dev", "dev"): 0,
        ("test", "test"): 1,
        ("train", "dev"): 13,
        ("train", "test"): 21,
        ("dev", "test"): 2,
    }
