"""Blocks of words and vectors."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from multihead_at.encoding.vector_block import VectorBlock, first_not_finite, without_repeats


def test_the_first_vector_of_a_word_counts() -> None:
    blocks = [
        VectorBlock(["a", "b", "a"], np.array([[1], [2], [3]], np.float32)),
        VectorBlock(["b"], np.array([[4]], np.float32)),
        VectorBlock(["c", "a"], np.array([[5], [6]], np.float32)),
    ]
    with pytest.warns(UserWarning, match="^x.txt: 3 repeated words, the first vector of each is used$"):
        kept = list(without_repeats(blocks, "x.txt"))
    assert [block.words for block in kept] == [["a", "b"], ["c"]]
    assert [block.rows.tolist() for block in kept] == [[[1], [2]], [[5]]]


def test_without_repeats_nothing_changes_and_nobody_is_warned() -> None:
    block = VectorBlock(["a", "b"], np.zeros((2, 1), np.float32))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [kept is block for kept in without_repeats([block], "x.txt")] == [True]


@pytest.mark.parametrize(("value", "expected"), [(0.0, None), (np.nan, 1), (np.inf, 1), (-np.inf, 1)])
def test_the_first_row_that_is_not_finite(value: float, expected: int | None) -> None:
    rows = np.zeros((3, 2), np.float32)
    rows[1:, 1] = value
    assert first_not_finite(rows) == expected
