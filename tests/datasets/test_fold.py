"""Folds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.datasets.fold import folds_of_parts, seeded_parts
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
