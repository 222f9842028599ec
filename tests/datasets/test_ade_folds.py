"""The published folds of ADE."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from multihead_at.datasets.ade_folds import ade_folds


def test_they_are_a_partition_of_the_corpus() -> None:
    parts = ade_folds()
    assert list(map(len, parts)) == [427] * 9 + [429]
    assert sorted(place for part in parts for place in part) == list(range(4272))
    assert all(part == sorted(part) for part in parts)


def test_they_are_the_published_ones(corpus_file: Callable[[str], Path]) -> None:
    published = json.loads(corpus_file("ade/published_folds.json").read_text(encoding="utf-8"))
    assert ade_folds() == [sorted(part) for part in published]
