"""Folds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.datasets.fold import folds_of_parts, read_parts, seeded_parts
from multihead_at.documents.ade import read_ade_texts
from multihead_at.errors import InputError


@given(st.integers(3, 200), st.integers(3, 12), st.integers(0, 5))
def test_every_document_is_tested_once_and_never_trained_on_there(n: int, k: int, seed: int) -> None:
    if k > n:
        return
    folds = folds_of_parts(seeded_parts(n, k, seed))
    assert sorted(place for fold in folds for place in fold.test) == list(range(n))
    for fold in folds:
        assert sorted((*fold.train, *fold.dev, *fold.test)) == list(range(n))
        assert fold.dev == folds[(fold.number + 1) % k].test


def test_a_seed_gives_the_same_parts_everywhere() -> None:
    assert seeded_parts(7, 3, seed=1) == seeded_parts(7, 3, seed=1)
    assert seeded_parts(7, 3, seed=1) != seeded_parts(7, 3, seed=2)
    assert sorted(map(len, seeded_parts(7, 3, seed=1))) == [2, 2, 3]


@pytest.mark.parametrize(("documents", "parts"), [(10, 2), (4, 5)])
def test_too_few_parts_or_documents(documents: int, parts: int) -> None:
    with pytest.raises(InputError, match="expected from 3"):
        seeded_parts(documents, parts, 1)


@pytest.mark.parametrize(
    "text",
    ["{}", "[[0],[1]]", "[[0],[1],[1]]", "[[0],[1],[3]]", "[[0],[1],[true]]", "[[0],[1],2]", "nonsense"],
)
def test_what_is_no_partition_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "folds.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"folds\.json"):
        read_parts(path, 3)


def test_published_folds_of_ade(corpus_file) -> None:  # type: ignore[no-untyped-def]
    texts = read_ade_texts(corpus_file("ade/DRUG-AE.rel"))
    parts = read_parts(corpus_file("ade/published_folds.json"), len(texts))
    assert list(map(len, parts)) == [427] * 9 + [429]
