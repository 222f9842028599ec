"""The published folds of ADE."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from multihead_at.datasets.ade_folds import ade_folds, are_published_sentences
from multihead_at.documents.ade import read_ade


def test_they_are_a_partition_of_the_corpus() -> None:
    parts = ade_folds()
    assert list(map(len, parts)) == [427] * 9 + [429]
    assert sorted(place for part in parts for place in part) == list(range(4272))
    assert all(part == sorted(part) for part in parts)


def test_they_are_the_published_ones(corpus_file: Callable[[str], Path]) -> None:
    published = json.loads(corpus_file("ade/published_folds.json").read_text(encoding="utf-8"))
    assert ade_folds() == [sorted(part) for part in published]


def test_they_count_the_sentences_of_the_published_file_alone(
    corpus_file: Callable[[str], Path], tmp_path: Path
) -> None:
    published = corpus_file("ade/DRUG-AE.rel")
    assert are_published_sentences(read_ade(published))
    lines = published.read_bytes().splitlines()
    copy, turned_round = tmp_path / "copy", tmp_path / "turned"
    copy.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n")
    assert are_published_sentences(read_ade(copy))
    turned_round.write_bytes(b"\n".join(reversed(lines)))
    assert not are_published_sentences(read_ade(turned_round))
