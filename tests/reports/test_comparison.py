from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.reports.arrange_table import arrange_table
from multihead_at.reports.comparison import Comparison, compare_lines
from multihead_at.reports.read_results import read_results
from multihead_at.reports.significance_text import format_significance, format_significance_csv
from multihead_at.reports.write_reports import write_reports
from multihead_at.scoring import DocumentCounts

AddRun = Callable[..., Path]
MakeCounts = Callable[..., DocumentCounts]
WORSE = ((1, 1, 1), (1, 0, 1))
BETTER = ((2, 0, 0), (1, 0, 0))


def compare(results: Path) -> list[Comparison]:
    alphas = {("conll04", "BIO", 0): 0.01, ("ade", "BIO", 0): 0.01}
    comparisons, remarks = compare_lines(arrange_table(read_results(results), alphas))
    assert not remarks
    return comparisons


def test_runs_are_paired_by_seed_and_fold(results: Path, add_run: AddRun) -> None:
    for seed, entity, relation in ((1, 80.0, 60.0), (2, 81.0, 60.0), (4, 20.0, 20.0)):
        add_run(f"base{seed}", entity, relation, seed=seed)
    for seed, entity, relation in ((2, 82.0, 63.0), (1, 80.0, 61.0), (3, 90.0, 90.0)):
        add_run(f"at{seed}", entity, relation, seed=seed, alpha=0.01)
    add_run("fold", 10.0, 10.0, fold=0)
    (found,) = compare(results)
    assert [(one.folder.name, other.folder.name) for one, other in found.pairs] == [
        ("base1", "at1"),
        ("base2", "at2"),
    ]
    # Entity +0 and +1, relation +1 and +3, overall +0.5 and +2; t(0.975, 1) = 12.7062.
    assert {figure: difference.mean for figure, difference in found.differences.items()} == {
        "entity": 0.5,
        "relation": 2.0,
        "overall": 1.25,
    }
    assert found.differences["overall"].high == pytest.approx(1.25 + 12.7062 * 0.75, abs=1e-3)


def test_only_like_is_compared_with_like(results: Path, add_run: AddRun) -> None:
    add_run("base")
    add_run("at", alpha=0.01, preset="fast")
    add_run("at-ade", alpha=0.01, dataset="ade", fold=0)
    add_run("base-ade", dataset="ade", fold=1)
    assert compare(results) == []
    add_run("base-fast", preset="fast")
    assert [comparison.line.name for comparison in compare(results)] == [
        "CoNLL04, baseline + AT, strict, fixed"
    ]


def test_documents_of_seeds_count_once_and_those_of_folds_each(
    results: Path, add_run: AddRun, make_counts: MakeCounts
) -> None:
    for seed in (1, 2):
        add_run(f"base{seed}", seed=seed, counts=make_counts(WORSE, WORSE))
        add_run(f"at{seed}", seed=seed, alpha=0.01, counts=make_counts(BETTER, BETTER))
    for fold in (0, 1):
        add_run(f"base-fold{fold}", fold=fold, dataset="ade", counts=make_counts(WORSE, WORSE))
        add_run(f"at-fold{fold}", fold=fold, dataset="ade", alpha=0.01, counts=make_counts(BETTER, BETTER))
    of_seeds, of_folds = compare(results)
    assert (of_seeds.documents, of_folds.documents) == (2, 4)
    # Of 4 swaps 2 are as far from 0 as the observed one, of 16 also 2.
    assert of_seeds.p_value == pytest.approx(1 / 2, abs=0.02)
    assert of_folds.p_value == pytest.approx(1 / 8, abs=0.02)


def test_without_counts_there_is_the_interval_alone(
    results: Path, add_run: AddRun, make_counts: MakeCounts
) -> None:
    add_run("base", counts=make_counts(WORSE))
    add_run("at", alpha=0.01)
    (found,) = compare(results)
    assert (found.p_value, found.documents) == (None, 0)
    assert found.without_counts is not None
    assert "no test over documents, as at has no counts-test.csv." in format_significance([found])
    assert format_significance_csv([found]).splitlines()[1].endswith(",,,")


def test_counts_that_do_not_add_up_to_the_result_are_refused(
    results: Path, add_run: AddRun, make_counts: MakeCounts
) -> None:
    add_run("base", counts=make_counts(WORSE))
    folder = add_run("at", alpha=0.01, counts=make_counts(BETTER))
    make_counts(WORSE).write(folder / "counts-test.csv")
    with pytest.raises(InputError) as refused:
        compare(results)
    assert str(refused.value) == (
        f"{folder / 'counts-test.csv'}: expected counts that add up to the run's entity F1 of 100.0000, "
        "received ones that give 50.0000"
    )


def test_a_pair_of_other_documents_is_left_out_with_a_remark(
    results: Path, add_run: AddRun, make_counts: MakeCounts
) -> None:
    for seed in (1, 2):
        add_run(f"base{seed}", seed=seed, counts=make_counts(WORSE))
    add_run("at1", alpha=0.01, counts=make_counts(WORSE, WORSE))
    lines = arrange_table(read_results(results), {("conll04", "BIO", 0): 0.01})
    line = "CoNLL04, baseline + AT, strict, fixed"
    remark = f"{line}: at1 is not compared with base1, as they are of other documents"
    assert compare_lines(lines) == ([], [remark])
    add_run("at2", seed=2, alpha=0.01, counts=make_counts(BETTER))
    written = write_reports(results, figure=False)
    (found,) = written.comparisons
    assert [(one.folder.name, other.folder.name) for one, other in found.pairs] == [("base2", "at2")]
    assert remark in written.remarks
    assert f"- {remark}." in (results / "table1.md").read_text(encoding="utf-8").splitlines()


def test_a_pair_whose_checksums_differ_is_left_out(results: Path, add_run: AddRun) -> None:
    more = {"fold": 3, "split": "fold 3 of 10 drawn"}
    add_run("base", documents=("a", "b", "c"), **more)
    add_run("at", alpha=0.01, documents=("a", "b", "d"), **more)
    lines = arrange_table(read_results(results), {("conll04", "BIO", 0): 0.01})
    comparisons, remarks = compare_lines(lines)
    assert (comparisons, len(remarks)) == ([], 1)


def test_the_text_says_what_the_figures_say(results: Path, add_run: AddRun, make_counts: MakeCounts) -> None:
    documents = [WORSE] * 12
    for seed in (1, 2):
        add_run(f"base{seed}", seed=seed, counts=make_counts(*documents))
        add_run(f"at{seed}", seed=seed, alpha=0.01, counts=make_counts(*[BETTER] * 12))
    text = format_significance(compare(results))
    # Entity 1/2 -> 1, relation 2/3 -> 1; two equal differences have an interval without width.
    assert (
        "| CoNLL04 baseline + AT | S | fixed | 2 | +50.00 (+50.00 to +50.00) | +33.33 (+33.33 to +33.33) "
        "| +41.67 (+41.67 to +41.67) | 12 | 0.0" in text
    )
    assert (
        "- CoNLL04 baseline + AT (strict, fixed): AT gains 41.67 points of overall F1: beyond chance over "
        "seeds or folds (the interval leaves out 0); beyond chance over documents (p = 0.0" in text
    )


def test_a_loss_within_chance(results: Path, add_run: AddRun, make_counts: MakeCounts) -> None:
    add_run("base", counts=make_counts(BETTER, WORSE))
    add_run("at", alpha=0.01, counts=make_counts(WORSE, WORSE))
    (found,) = compare(results)
    text = format_significance([found])
    assert "AT loses " in text
    assert (
        "one pair of runs says nothing of other seeds or folds; within chance over documents (p = 1.0" in text
    )
    header, row = format_significance_csv([found]).splitlines()
    values = dict(zip(header.split(","), row.split(",")))
    assert (values["pairs"], values["overall_low"], values["documents"]) == ("1", "", "2")
    assert values["permutations"] == "10000"


def test_nothing_to_compare(results: Path) -> None:
    assert "No run with AT has a baseline with its seed and fold yet." in format_significance([])
    assert len(format_significance_csv([]).splitlines()) == 1
