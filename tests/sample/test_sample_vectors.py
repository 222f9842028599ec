"""The sample's word vectors: well formed, and lacking some names as real vectors do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from multihead_at.datasets import sample_dir
from multihead_at.documents import Document
from multihead_at.encoding import WordTable, WordVectors, load_vectors

Splits = dict[str, list[Document]]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> WordVectors:
    cache: Path = tmp_path_factory.mktemp("cache")
    return load_vectors(str(sample_dir() / "vectors.txt"), sample_dir(), cache_dir=cache)


def tokens_of(documents: list[Document]) -> list[str]:
    return [token for document in documents for token in document.tokens]


def test_width_and_size(vectors: WordVectors) -> None:
    assert vectors.dim == 32
    assert np.isfinite(vectors.matrix).all()
    assert (np.abs(vectors.matrix).max(axis=1) > 0).all()
    assert len(set(vectors.words)) == len(vectors.words)
    assert (sample_dir() / "vectors.txt").stat().st_size < 500_000


def test_most_tokens_have_a_vector_and_some_have_none(vectors: WordVectors, splits: Splits) -> None:
    for documents in splits.values():
        coverage = WordTable.build(vectors, tokens_of(documents), seed=1).coverage
        assert 0.9 < coverage < 0.99


def test_names_that_train_lacks_have_vectors_too(vectors: WordVectors, splits: Splits) -> None:
    new = set(tokens_of(splits["test"])) - set(tokens_of(splits["train"]))
    assert len(new & set(vectors.words)) > 0.7 * len(new)


def test_numbers_are_found_as_zero(vectors: WordVectors) -> None:
    assert vectors.row("0") is not None
    assert vectors.row("1974") is None


def test_words_of_one_kind_lie_together(vectors: WordVectors) -> None:
    """Days, deeds and jobs: the vectors have learnt something."""
    kinds = [["Monday", "Friday", "Sunday"], ["killed", "murdered", "poisoned"], ["welder", "nurse", "clerk"]]
    rows = np.array([[vectors.matrix[vectors.row(word)] for word in kind] for kind in kinds])
    unit = rows / np.linalg.norm(rows, axis=2, keepdims=True)
    cosines = np.einsum("awd,bvd->abwv", unit, unit).mean(axis=(2, 3))
    assert (np.argmax(cosines, axis=1) == np.arange(len(kinds))).all()
