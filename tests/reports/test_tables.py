"""The table in its three forms, from the same runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.reports import TableLine
from multihead_at.reports.arrange_table import arrange_table
from multihead_at.reports.read_results import read_results
from multihead_at.reports.table_csv import format_csv
from multihead_at.reports.table_latex import format_latex
from multihead_at.reports.table_markdown import format_markdown
from multihead_at.reports.table_remarks import table_remarks


@pytest.fixture
def lines(results: Path, add_run: Callable[..., Path]) -> list[TableLine]:
    """Two seeds of the baseline, one of AT, and a run of a corpus of one's own."""
    add_run("a", 80.0, 60.0, cpu_seconds=60.0)
    add_run("b", 82.0, 61.0, seed=2, cpu_seconds=120.0)
    add_run("c", 83.0, 63.0, alpha=0.01)
    add_run("d", 50.0, 40.0, dataset="m_y|corpus", word_vectors="50%_of_it")
    return arrange_table(read_results(results), {("conll04", "BIO", 0): 0.01})


def test_csv(lines: list[TableLine]) -> None:
    text = format_csv(lines)
    assert text.startswith(
        "dataset,settings,evaluation,split,runs,entity_f1,entity_sd,relation_f1,relation_sd,overall_f1,"
        "overall_sd,paper_entity,paper_relation,paper_overall\n"
    )
    rows = list(csv.reader(text.splitlines()))
    assert {len(row) for row in rows} == {14}
    fixed = [",".join(row) for row in rows if row[:1] + row[2:4] == ["CoNLL04", "S", "fixed"]]
    # 81 and the root of 2; 60.5 and the root of 1/2; 70.75 of 70 and 71.5.
    assert fixed == [
        "CoNLL04,baseline,S,fixed,2,81.0000,1.4142,60.5000,0.7071,70.7500,1.0607,83.04,61.04,72.04",
        "CoNLL04,baseline + AT,S,fixed,1,83.0000,,63.0000,,73.0000,,83.61,61.95,72.78",
    ]
    assert rows[1] == ["ACE04", "Miwa and Bansal (2016)", "S", "", "0", *[""] * 6, "81.80", "48.40", "65.10"]
    ours = ["50.0000", "", "40.0000", "", "45.0000", ""]
    assert rows[-1] == ["m_y|corpus", "baseline", "S", "fixed", "1", *ours, "", "", ""]


def test_markdown(lines: list[TableLine]) -> None:
    text = format_markdown(lines, ["one is missing"])
    for row in (
        "| *ACE04 Miwa and Bansal (2016)*† | S |  |  |  |  |  | 81.80 | 48.40 | 65.10 |  |  |  |",
        "| DREC baseline | B | fixed | 0 | - | - | - | 82.30 | 52.81 | 67.56 | - | - | - |",
        "| CoNLL04 baseline | S | fixed | 2 | 81.00 ± 1.41 | 60.50 ± 0.71 | 70.75 ± 1.06 "
        "| 83.04 | 61.04 | 72.04 | -2.04 | -0.54 | -1.29 |",
        "| CoNLL04 baseline + AT | S | fixed | 1 | 83.00 | 63.00 | 73.00 | 83.61 | 61.95 | 72.78 "
        "| -0.61 | +1.05 | +0.22 |",
        r"| m_y\|corpus baseline | S | fixed | 1 | 50.00 | 40.00 | 45.00 | - | - | - | - | - | - |",
        "| CoNLL04 baseline | fixed | 2 | 1, 2 | made-up | original | faithful | 1 "
        "| threshold | - | - | 1 min 30 s |",
        "| CoNLL04 baseline + AT | fixed | 1 | 1 | made-up | original | faithful | 1 "
        "| threshold | - | 0.01 | 1 min 30 s |",
        "- one is missing.",
    ):
        assert row in text.splitlines()


def test_markdown_without_remarks(lines: list[TableLine]) -> None:
    assert "Remarks" not in format_markdown(lines, [])


def test_latex(lines: list[TableLine]) -> None:
    rows = format_latex(lines).splitlines()
    for row in (
        r"ACE04 & Miwa and Bansal (2016) (NLP tools) & S &  &  &  &  &  & 81.80 & 48.40 & 65.10 &  &  &  \\",
        r" & baseline & S & fixed & 2 & 81.00 $\pm$ 1.41 & 60.50 $\pm$ 0.71 & 70.75 $\pm$ 1.06"
        r" & 83.04 & 61.04 & 72.04 & $-2.04$ & $-0.54$ & $-1.29$ \\",
        r"m\_y|corpus & baseline & S & fixed & 1 & 50.00 & 40.00 & 45.00 & - & - & - & - & - & - \\",
        r"m\_y|corpus & baseline & fixed & 1 & 50\%\_of\_it & original & faithful & 1"
        r" & threshold & - & - & 1 min 30 s \\",
    ):
        assert row in rows
    # Every row of the first table has as many cells as the table has columns.
    begin = rows.index(r"\begin{tabular}{llllrrrrrrrrrr}")
    table = rows[begin : rows.index(r"\end{tabular}", begin)]
    assert {row.count(" & ") for row in table if row.endswith(r"\\") and "S &" in row} == {13}


def test_what_a_row_was_made_with_names_decoding_and_cut(results: Path, add_run: Callable[..., Path]) -> None:
    add_run("a-epochs1-seed1", dataset="drec", decoding="edmonds")
    lines = arrange_table(read_results(results), {})
    made = "DREC baseline, cut to 1 epoch | fixed | 1 | 1 | made-up | original | faithful | 1"
    assert f"| {made} | edmonds | 1 epoch | - | 1 min 30 s |" in format_markdown(lines, []).splitlines()
    assert r" & faithful & 1 & edmonds & 1 epoch & - & 1 min 30 s \\" in format_latex(lines)


def test_missing_folds_and_the_splits_are_remarked(results: Path, add_run: Callable[..., Path]) -> None:
    for fold in range(10):
        add_run(f"a{fold}", dataset="ade", fold=fold, split=f"fold {fold} of 10 drawn by lot")
    for fold in (0, 2):
        add_run(f"b{fold}", dataset="ade", fold=fold, alpha=0.01, split=f"fold {fold} of 10 drawn by lot")
    lines = arrange_table(read_results(results), {("ade", "BIO", 0): 0.01})
    assert table_remarks(lines) == [
        "ADE, baseline + AT, strict, 10-fold: seed 1 is not whole, without folds 1, 3, 4, 5, 6, 7, 8, 9",
        "ADE, 10-fold: 10 folds drawn by lot",
    ]


def test_alphas_without_a_choice_are_remarked(results: Path, add_run: Callable[..., Path]) -> None:
    add_run("a", alpha=0.05)
    add_run("b", alpha=0.001)
    assert table_remarks(arrange_table(read_results(results), {})) == [
        "CoNLL04, baseline + AT, strict, fixed: runs with alpha 0.001, 0.05, and no record of a choice: "
        "each has a line of its own"
    ]


def test_settings_that_the_runs_of_a_mean_do_not_share_are_remarked(
    results: Path, add_run: Callable[..., Path]
) -> None:
    for seed, settings in enumerate(({"nepochs": 9, "fold": -1}, {"nepochs": 5, "seed": 1}, {"nepochs": 9})):
        path = add_run(f"seed{seed}", seed=seed) / "flags.json"
        path.write_text(json.dumps({**settings, "seed": seed, "threads": seed}), encoding="utf-8")
    assert table_remarks(arrange_table(read_results(results), {})) == [
        "CoNLL04, baseline, strict, fixed: its runs do not share nepochs: 5, 9"
    ]
