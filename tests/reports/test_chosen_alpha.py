from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.reports.chosen_alpha import chosen_alpha
from multihead_at.reports.read_results import read_results

AddRun = Callable[..., Path]


def test_the_record_decides(results: Path, add_run: AddRun) -> None:
    add_run("at", alpha=0.05)
    (results / "conll04" / "alpha-bio.json").write_text('{"alpha": 0.01}', encoding="utf-8")
    assert chosen_alpha(results, "conll04", "BIO", 0, read_results(results)) == 0.01


def test_cut_runs_have_a_record_of_their_own(results: Path, add_run: AddRun) -> None:
    add_run("at0.05", alpha=0.05)
    add_run("at0.001-epochs2", alpha=0.001)
    (results / "conll04" / "alpha-bio-epochs3.json").write_text('{"alpha": 0.01}', encoding="utf-8")
    found = read_results(results)
    assert [chosen_alpha(results, "conll04", "BIO", cut, found) for cut in (0, 2, 3)] == [0.05, 0.001, 0.01]


def test_rows_with_chosen_settings_have_a_record_of_their_own(results: Path, add_run: AddRun) -> None:
    add_run("bio-at0.05-seed1", alpha=0.05)
    record = results / "conll04" / "alpha-bio+learning_rate=2e-3-epochs2.json"
    record.write_text('{"alpha": 0.01}', encoding="utf-8")
    found = read_results(results)
    assert chosen_alpha(results, "conll04", "BIO+learning_rate=2e-3", 2, found) == 0.01
    assert chosen_alpha(results, "conll04", "BIO+learning_rate=2e-3", 0, found) is None
    assert chosen_alpha(results, "conll04", "BIO", 0, found) == 0.05


def test_without_a_record_the_only_alpha_of_the_dataset_is_taken(results: Path, add_run: AddRun) -> None:
    add_run("base")
    add_run("at1", alpha=0.05)
    add_run("at2", alpha=0.05, seed=2)
    add_run("ec", alpha=0.01, setting="EC", evaluation="relaxed")
    add_run("other", alpha=0.01, dataset="ade")
    assert chosen_alpha(results, "conll04", "BIO", 0, read_results(results)) == 0.05


def test_none_of_several_and_none_of_none(results: Path, add_run: AddRun) -> None:
    add_run("base")
    assert chosen_alpha(results, "conll04", "BIO", 0, read_results(results)) is None
    add_run("at1", alpha=0.05)
    add_run("at2", alpha=0.01)
    assert chosen_alpha(results, "conll04", "BIO", 0, read_results(results)) is None


@pytest.mark.parametrize("text", ["{}", '{"alpha": 0}', '{"alpha": "0.1"}', '{"alpha": true}'])
def test_a_damaged_record_is_refused(results: Path, text: str) -> None:
    (results / "ade").mkdir()
    (results / "ade" / "alpha-ec.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"alpha-ec.json: alpha: expected a number above 0, received "):
        chosen_alpha(results, "ade", "EC", 0, [])
