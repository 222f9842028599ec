from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.reports import TableLine
from multihead_at.reports.arrange_table import ChosenAlphas, arrange_table
from multihead_at.reports.comparison import compare_lines
from multihead_at.reports.panel import read_panels
from multihead_at.reports.paper_table import PAPER_TABLE
from multihead_at.reports.read_results import read_results
from multihead_at.reports.significance_text import format_significance
from multihead_at.reports.table_csv import format_csv

AddRun = Callable[..., Path]
NER: ChosenAlphas = {("conll04", "BIO", 0): 0.01}


def arrange(results: Path, alphas: ChosenAlphas = NER) -> list[TableLine]:
    return arrange_table(read_results(results), alphas)


def own(
    lines: list[TableLine], dataset: str = "CoNLL04", evaluation: str = "strict"
) -> list[tuple[str, str, int]]:
    """Settings, split and runs of our lines."""
    return [
        (line.settings, line.split, len(line.results))
        for line in lines
        if line.group is not None and (line.dataset, line.evaluation) == (dataset, evaluation)
    ]


def test_all_rows_of_the_paper_in_its_order_and_ner_on_both_splits(results: Path, add_run: AddRun) -> None:
    add_run("run", dataset="drec")
    lines = arrange(results)
    rows = [line.paper for line in lines]
    assert list(dict.fromkeys(rows)) == list(PAPER_TABLE)
    assert own(lines) == [
        ("baseline", "10-fold", 0),
        ("baseline + AT", "10-fold", 0),
        ("baseline", "fixed", 0),
        ("baseline + AT", "fixed", 0),
    ]
    assert len(lines) == len(PAPER_TABLE) + 2
    assert own(lines, "ACE04") == [("baseline", "5-fold", 0), ("baseline + AT", "5-fold", 0)]
    assert own(lines, "DREC") == [("baseline", "fixed", 1), ("baseline + AT", "fixed", 0)]


def test_seeds_and_folds_are_collected_in_their_order(results: Path, add_run: AddRun) -> None:
    add_run("a", seed=2)
    add_run("b", seed=1)
    add_run("c", seed=1, fold=1)
    add_run("d", seed=1, fold=0)
    runs = {(line.settings, line.split): line.results for line in arrange(results) if line.results}
    assert [result.folder.name for result in runs["baseline", "fixed"]] == ["b", "a"]
    assert [result.folder.name for result in runs["baseline", "10-fold"]] == ["d", "c"]


def test_entity_classes_and_the_other_evaluations_have_rows_of_their_own(
    results: Path, add_run: AddRun
) -> None:
    add_run("ec", setting="EC", evaluation="relaxed")
    add_run("drec", dataset="drec", evaluation="boundaries")
    lines = arrange(results)
    assert own(lines, evaluation="relaxed") == [("baseline EC", "fixed", 1), ("baseline EC + AT", "fixed", 0)]
    assert own(lines, "DREC", "boundaries")[0] == ("baseline", "fixed", 1)


def test_the_row_is_the_chosen_alpha_s_and_others_stand_below(results: Path, add_run: AddRun) -> None:
    add_run("a", alpha=0.01)
    add_run("b", alpha=0.05)
    assert own(arrange(results))[2:] == [
        ("baseline", "fixed", 0),
        ("baseline + AT", "fixed", 1),
        ("baseline + AT, alpha 0.05", "fixed", 1),
    ]


def test_without_a_choice_every_alpha_stands_below_and_the_row_is_empty(
    results: Path, add_run: AddRun
) -> None:
    add_run("a", alpha=0.01)
    add_run("b", alpha=0.05)
    lines = arrange(results, {})
    assert own(lines)[3:] == [
        ("baseline + AT", "fixed", 0),
        ("baseline + AT, alpha 0.01", "fixed", 1),
        ("baseline + AT, alpha 0.05", "fixed", 1),
    ]
    below = [line for line in lines if not line.of_row]
    assert [line.published("overall") for line in below] == [72.78, 72.78]


def test_fast_runs_are_the_row_however_many_faithful_ones_there_are(results: Path, add_run: AddRun) -> None:
    add_run("a", preset="fast", batch_size=16)
    add_run("b", seed=1)
    add_run("c", seed=2)
    add_run("d", seed=1, alpha=0.01)
    assert own(arrange(results))[2:] == [
        ("baseline", "fixed", 1),
        ("baseline + AT", "fixed", 0),
        ("baseline, one sentence a step", "fixed", 2),
        ("baseline + AT, one sentence a step", "fixed", 1),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"batch_size": 4}, "batch size 4"),
        ({"preset": "slow"}, "slow preset"),
        ({"protocol": "best"}, "protocol best"),
        ({"word_vectors": "theirs"}, "vectors theirs"),
        ({"decoding": "edmonds"}, "edmonds decoding"),
        ({"batch_size": 4, "protocol": "best"}, "batch size 4, protocol best"),
    ],
    ids=repr,
)
def test_no_mean_mixes_what_changes_the_figures(
    results: Path, add_run: AddRun, changes: dict[str, object], words: str
) -> None:
    # The most runs make the row.
    add_run("a", seed=1)
    add_run("b", seed=2)
    add_run("c", seed=3, **changes)
    assert own(arrange(results))[2:] == [
        ("baseline", "fixed", 2),
        ("baseline + AT", "fixed", 0),
        (f"baseline, {words}", "fixed", 1),
    ]


def test_no_mean_mixes_documents_or_vectors(results: Path, add_run: AddRun) -> None:
    known = {"documents": ("a" * 64, "b" * 64, "c" * 64), "vectors": "d" * 64}
    for seed in (1, 2):
        add_run(f"a{seed}", seed=seed, **known)
    add_run("b", seed=3, **{**known, "vectors": "e" * 64})
    add_run("c", seed=3, **{**known, "documents": ("a" * 64, "b" * 64, "f" * 64)})
    # Of before runs said what they were made with; the same seed is no repetition.
    add_run("d", seed=1)
    assert own(arrange(results))[2:] == [
        ("baseline", "fixed", 2),
        ("baseline + AT", "fixed", 0),
        ("baseline, vectors of SHA-256 unknown, unknown documents", "fixed", 1),
        ("baseline, documents aaaaaaaa/bbbbbbbb/ffffffff", "fixed", 1),
        ("baseline, vectors of SHA-256 eeeeeeee", "fixed", 1),
    ]


def test_no_mean_mixes_folds_that_are_made_otherwise(results: Path, add_run: AddRun) -> None:
    for fold in range(3):
        add_run(f"a{fold}", dataset="ade", fold=fold, split=f"fold {fold} of 10 in a list, cut by sentence")
    add_run("b", dataset="ade", fold=0, split="fold 0 of 10 drawn by seed 0, cut by sentence")
    assert own(arrange(results), "ADE") == [
        ("baseline", "10-fold", 3),
        ("baseline + AT", "10-fold", 0),
        ("baseline, 10 folds drawn by seed 0", "10-fold", 1),
    ]


def test_short_runs_never_pass_for_whole_ones(results: Path, add_run: AddRun) -> None:
    add_run("a")
    add_run("b-epochs2-seed1")
    add_run("b-epochs2-seed2", seed=2)
    add_run("at0.05-epochs2", alpha=0.05)
    lines = arrange(results, {**NER, ("conll04", "BIO", 2): 0.05})
    assert own(lines)[2:] == [
        ("baseline", "fixed", 1),
        ("baseline + AT", "fixed", 0),
        ("baseline, cut to 2 epochs", "fixed", 2),
        ("baseline + AT, cut to 2 epochs", "fixed", 1),
    ]


def test_short_runs_say_so_also_where_there_are_no_others(results: Path, add_run: AddRun) -> None:
    add_run("b-epochs2-seed1")
    add_run("at0.05-epochs2", alpha=0.05)
    lines = arrange(results, {("conll04", "BIO", 2): 0.05})
    assert own(lines)[2:] == [
        ("baseline, cut to 2 epochs", "fixed", 1),
        ("baseline + AT, cut to 2 epochs", "fixed", 1),
    ]
    assert [line.of_row for line in lines if line.results] == [True, True]
    assert 'CoNLL04,"baseline, cut to 2 epochs",S,fixed,1,' in format_csv(lines)
    assert "CoNLL04 baseline + AT, cut to 2 epochs" in format_significance(compare_lines(lines)[0])
    assert [panel.title for panel in read_panels(lines)] == [
        "CoNLL04 NER, strict, fixed split\ncut to 2 epochs"
    ]


def test_runs_with_settings_that_were_chosen_have_lines_of_their_own(results: Path, add_run: AddRun) -> None:
    add_run("bio-seed1")
    for seed in (1, 2):
        add_run(f"bio+learning_rate=2e-3+dropout_lstm=0.8-seed{seed}", seed=seed)
    add_run("bio+learning_rate=2e-3+dropout_lstm=0.8-at0.01-fold0-seed1", alpha=0.01)
    alphas = {**NER, ("conll04", "BIO+learning_rate=2e-3+dropout_lstm=0.8", 0): 0.01}
    told = "learning_rate=2e-3, dropout_lstm=0.8"
    assert own(arrange(results, alphas))[2:] == [
        ("baseline", "fixed", 1),
        ("baseline + AT", "fixed", 0),
        (f"baseline, {told}", "fixed", 2),
        (f"baseline + AT, {told}", "fixed", 1),
    ]


def test_what_the_paper_has_not_comes_last_without_its_figures(results: Path, add_run: AddRun) -> None:
    add_run("a", dataset="sample")
    add_run("b", dataset="ade")
    lines = arrange(results)
    assert own(lines, "sample") == [("baseline", "fixed", 1)]
    assert lines[-1].paper is None
    # ADE on a fixed split: the paper's dataset and model, on another split.
    assert own(lines, "ADE") == [
        ("baseline", "10-fold", 0),
        ("baseline + AT", "10-fold", 0),
        ("baseline", "fixed", 1),
        ("baseline + AT", "fixed", 0),
    ]
    assert lines[-3].published("entity") == 86.40
