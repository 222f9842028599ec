"""Which rows a set of tokens gets."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from multihead_at.documents import read_documents
from multihead_at.encoding import EMPTY_ROW, UNKNOWN_ROW, WordTable, WordVectors, load_vectors

GLOVE = "embeddings/glove-wiki-gigaword-100.bin"


def test_keeps_the_rows_that_tokens_need(vectors: WordVectors) -> None:
    tokens = ["The", "1984", "smith", "Ulm", "THE", "visits", "The"]
    table = WordTable.build(vectors, tokens, seed=1)
    assert table.words == ("the", "Smith", "visits", "0")
    assert [table.row(token) for token in tokens] == [2, 5, 3, UNKNOWN_ROW, 2, 4, 2]
    np.testing.assert_array_equal(table.matrix[EMPTY_ROW], np.zeros(3))
    np.testing.assert_array_equal(table.matrix[2:], vectors.matrix)
    assert table.matrix.dtype == np.float32
    assert table.coverage == 6 / 7


def test_leaves_out_the_rows_that_no_token_needs(vectors: WordVectors) -> None:
    table = WordTable.build(vectors, ["visits"], seed=1)
    assert table.words == ("visits",)
    np.testing.assert_array_equal(table.matrix[table.row("visits")], vectors.matrix[2])
    # "the" has a vector, but the table was not built for it; "Visits" is found by the rule.
    assert table.row("the") == UNKNOWN_ROW
    assert table.row("Visits") == 2


def test_the_exact_form_wins() -> None:
    both = WordVectors(["may", "May"], np.eye(2, dtype=np.float32), name="x", sha256="")
    table = WordTable.build(both, ["May", "may"], seed=1)
    np.testing.assert_array_equal(table.matrix[[table.row("may"), table.row("May")]], np.eye(2))


def test_unknown_is_drawn_within_its_bound_and_from_the_seed() -> None:
    wide = WordVectors(["a", "b"], np.zeros((2, 10_000), np.float32), name="x", sha256="")
    unknown = WordTable.build(wide, [], seed=3).matrix[UNKNOWN_ROW]
    bound = 1 / math.sqrt(2)
    assert abs(unknown).max() <= bound
    assert unknown.min() < -0.99 * bound and unknown.max() > 0.99 * bound
    assert abs(unknown.mean()) < 0.02 * bound
    np.testing.assert_array_equal(unknown, WordTable.build(wide, ["a"], seed=3).matrix[UNKNOWN_ROW])
    assert (unknown != WordTable.build(wide, [], seed=4).matrix[UNKNOWN_ROW]).any()


def test_no_tokens_are_covered_not_at_all(vectors: WordVectors) -> None:
    table = WordTable.build(vectors, [], seed=1)
    assert table.coverage == 0
    assert table.matrix.shape == (2, 3)


def test_the_matrix_must_fit_the_words() -> None:
    with pytest.raises(ValueError, match=r"expected a matrix \[1 \+ 2, dim\]. Received: shape \(1, 3\)"):
        WordTable(["a"], np.zeros((1, 3), np.float32), 0.0)


def test_coverage_of_conll04_is_the_published_one(corpus_file: Callable[[str], Path], tmp_path: Path) -> None:
    vectors = load_vectors(corpus_file(GLOVE), tmp_path, tmp_path / "cache")
    paths = [corpus_file(f"conll04/{split}.txt") for split in ("train", "dev", "test")]
    tokens = [token for path in paths for document in read_documents(path) for token in document.tokens]
    table = WordTable.build(vectors, tokens, seed=1)
    assert len(tokens) == 26_804 + 6_975 + 8_408
    assert round(100 * table.coverage, 1) == 91.3
    covered = sum(table.row(token) != UNKNOWN_ROW for token in tokens)
    assert covered / len(tokens) == table.coverage


def test_coverage_of_ade_is_the_published_one(corpus_file: Callable[[str], Path], tmp_path: Path) -> None:
    vectors = load_vectors(corpus_file(GLOVE), tmp_path, tmp_path / "cache")
    lines = corpus_file("ade/DRUG-AE.rel").read_text(encoding="utf-8").splitlines()
    sentences = dict.fromkeys(tuple(line.split("|")[:2]) for line in lines)
    tokens = [token for _, text in sentences for token in re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9\s]", text)]
    assert len(tokens) == 92_310
    assert round(100 * WordTable.build(vectors, tokens, seed=1).coverage, 1) == 92.0
