"""Words and their rows."""

from __future__ import annotations

import numpy as np
import pytest

from multihead_at.encoding import WordVectors


def test_rows_are_found_by_the_very_form(vectors: WordVectors) -> None:
    assert [vectors.row(word) for word in vectors.words] == [0, 1, 2, 3]
    assert vectors.row("smith") is None
    assert vectors.dim == 3
    assert len(vectors) == 4


def test_as_many_vectors_as_words_are_needed() -> None:
    with pytest.raises(ValueError, match=r"expected a matrix \[2, dim\]. Received: shape \(1, 3\)"):
        WordVectors(["a", "b"], np.zeros((1, 3), np.float32), name="x", sha256="")
