"""Which documents are predicted for together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from multihead_at.prediction import batches_by_length


def test_like_lengths_share_a_batch() -> None:
    assert list(batches_by_length([5, 1, 4, 2, 3], 2)) == [[1, 3], [4, 2], [0]]


def test_long_documents_share_a_batch_with_few() -> None:
    assert list(batches_by_length([6000, 5000, 20_000, 10], 8)) == [[3, 1], [0], [2]]


def test_nothing_has_no_batches() -> None:
    assert list(batches_by_length([], 3)) == []


@given(st.lists(st.integers(0, 20_000)), st.integers(1, 5))
def test_every_document_is_in_one_batch_that_is_no_larger_than_allowed(lengths: list[int], size: int) -> None:
    batches = list(batches_by_length(lengths, size))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert 1 <= len(batch) <= size
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= 16384
