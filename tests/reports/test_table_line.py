from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.reports import RunResult, TableLine
from multihead_at.reports.paper_row import PaperRow
from multihead_at.reports.row_group import RowGroup

PAPER = PaperRow("CoNLL04", "baseline", "strict", 81.0, 60.5, 70.75, tag_set="BIO")


@pytest.fixture
def line(add_run: Callable[..., Path]) -> TableLine:
    """Of three runs with entity F1 79, 80 and 84 and relation F1 60."""
    folders = [add_run(f"seed{seed}", entity, seed=seed) for seed, entity in enumerate((79.0, 80.0, 84.0))]
    found = tuple(result for result in map(RunResult.read, folders) if result is not None)
    return TableLine("CoNLL04", "baseline", "strict", PAPER, results=found)


def test_mean_deviation_and_difference(line: TableLine) -> None:
    # (79 + 80 + 84) / 3 = 81; deviations -2, -1, 3: (4 + 1 + 9) / 2 = 7.
    assert line.mean("entity") == pytest.approx(81)
    assert line.sd("entity") == pytest.approx(math.sqrt(7))
    assert line.difference("entity") == pytest.approx(0)
    assert (line.mean("relation"), line.sd("relation")) == (60, 0)
    assert line.difference("relation") == pytest.approx(-0.5)
    # Overall 69.5, 70 and 72.
    assert line.mean("overall") == pytest.approx(70.5)
    assert line.difference("overall") == pytest.approx(-0.25)
    assert line.cpu_seconds == 90


def test_one_run_has_no_deviation_and_none_no_mean(line: TableLine) -> None:
    one = TableLine("CoNLL04", "baseline", "strict", PAPER, results=line.results[:1])
    assert (one.mean("entity"), one.sd("entity")) == (79, None)
    none = TableLine("CoNLL04", "baseline", "strict", PAPER)
    assert [none.mean("entity"), none.sd("entity"), none.difference("entity"), none.cpu_seconds] == [None] * 4
    assert none.published("entity") == 81.0


def test_without_the_paper_there_is_no_difference(line: TableLine) -> None:
    ours = TableLine("mine", "baseline", "strict", None, results=line.results)
    assert (ours.published("overall"), ours.difference("overall")) == (None, None)


def test_some_of_the_folds_are_not_compared_with_the_paper(add_run: Callable[..., Path]) -> None:
    folders = [add_run(f"fold{fold}", fold=fold, dataset="ade") for fold in (0, 1, *range(3, 10))]
    found = tuple(result for result in map(RunResult.read, folders) if result is not None)
    group = RowGroup("ade", "BIO", "strict", folded=True)
    some = TableLine("ADE", "baseline", "strict", PAPER, group, results=found)
    assert (some.missing_folds, some.runs) == ({1: [2]}, "9 of 10")
    assert (some.mean("entity"), some.difference("entity")) == (80.0, None)
    last = RunResult.read(add_run("fold2", fold=2, dataset="ade"))
    assert last is not None
    every = TableLine("ADE", "baseline", "strict", PAPER, group, results=(*found, last))
    assert (every.missing_folds, every.runs, every.difference("entity")) == ({}, "10", -1.0)
