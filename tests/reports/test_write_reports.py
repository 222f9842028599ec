from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from multihead_at.errors import InputError
from multihead_at.reports import write_reports
from multihead_at.reports.arrange_table import arrange_table
from multihead_at.reports.panel import read_panels
from multihead_at.reports.read_results import read_results

AddRun = Callable[..., Path]
TEXTS = ["table1.md", "table1.csv", "table1.tex", "significance.md", "significance.csv"]


def test_all_files_are_written_and_the_same_again(results: Path, add_run: AddRun) -> None:
    add_run("base")
    add_run("at", alpha=0.01)
    written = write_reports(results)
    assert [path.name for path in written.files] == [*TEXTS, "figure2.png", "figure2.svg"]
    before = [path.read_bytes() for path in written.files]
    assert [path.read_bytes() for path in write_reports(results).files] == before


def test_without_the_figure_its_libraries_and_epochs_are_not_needed(results: Path, add_run: AddRun) -> None:
    (add_run("base") / "epochs.jsonl").unlink()
    assert [path.name for path in write_reports(results, figure=False).files] == TEXTS


def test_without_matplotlib_the_tables_are_written_and_it_is_said(
    results: Path, add_run: AddRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_run("base")
    real_import = builtins.__import__

    def without_matplotlib(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_matplotlib)
    written = write_reports(results)
    assert [path.name for path in written.files] == TEXTS
    assert written.remarks == (
        "figure2 is not drawn: it needs matplotlib and statsmodels (pip install 'multihead_at[plots]')",
    )


def test_nothing_is_written_where_a_file_is_damaged(results: Path, add_run: AddRun) -> None:
    add_run("base")
    (add_run("at", alpha=0.01) / "epochs.jsonl").write_text("no\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"at/epochs\.jsonl:1: expected an epoch"):
        write_reports(results)
    assert not list(results.glob("*.*"))


def test_the_recorded_alpha_is_the_row(results: Path, add_run: AddRun) -> None:
    add_run("a", alpha=0.05)
    add_run("b", alpha=0.01)
    (results / "conll04" / "alpha-bio.json").write_text('{"alpha": 0.05}', encoding="utf-8")
    lines = write_reports(results, figure=False).lines
    assert [line.settings for line in lines if line.results] == ["baseline + AT", "baseline + AT, alpha 0.01"]


def test_panels_are_the_rows_and_none_of_the_lines_below(results: Path, add_run: AddRun) -> None:
    add_run("a", preset="fast", epochs=(1.0, 2.0))
    add_run("b", preset="fast", epochs=(3.0, 4.0), alpha=0.01)
    add_run("c")
    add_run("d", dataset="ade", fold=0)
    add_run("e", setting="EC", evaluation="relaxed")
    alphas = {("conll04", "BIO", 0): 0.01}
    panels = read_panels(arrange_table(read_results(results), alphas))
    assert [panel.title for panel in panels] == [
        "CoNLL04 EC, relaxed, fixed split",
        "CoNLL04 NER, strict, fixed split",
        "ADE NER, strict, 10-fold",
    ]
    assert (panels[1].baseline, panels[1].adversarial) == (((1.0, 2.0),), ((3.0, 4.0),))
    assert panels[2].adversarial == ()


def test_curves_of_folds_are_of_those_that_both_have(results: Path, add_run: AddRun) -> None:
    for fold in (0, 1, 2):
        add_run(f"base{fold}", dataset="ade", fold=fold, epochs=(1.0 + fold, 2.0))
    for fold in (1, 3):
        add_run(f"at{fold}", dataset="ade", fold=fold, alpha=0.01, epochs=(5.0 + fold, 6.0))
    (panel,) = read_panels(arrange_table(read_results(results), {("ade", "BIO", 0): 0.01}))
    assert (panel.baseline, panel.adversarial) == (((2.0, 2.0),), ((6.0, 6.0),))
