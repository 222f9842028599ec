from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from multihead_at.errors import InputError
from multihead_at.experiments import DiskState, Row, plan_trainings, plan_trials, rows_with_chosen
from multihead_at.experiments.trial_choice import TrialChoice

sys.path.insert(0, str(Path(__file__).parent))

from fake_training import settings_of

FIXED = Row("news", "bio", ("--bio",), (1, 2))
FIXED_AT = dataclasses.replace(FIXED, adversarial=True)
FOLDS = dataclasses.replace(FIXED, folds=(0, 1))
FOLDS_AT = dataclasses.replace(FOLDS, adversarial=True, alpha_from="news/bio-at")
SLOW_AT = Row("news", "slow", (), (1,), adversarial=True, alpha_from="news/bio-at")
ROWS = (FIXED, FIXED_AT, FOLDS, FOLDS_AT, Row("news", "slow", (), (1,)), SLOW_AT)
RATES = [("learning_rate=0.001",), ("learning_rate=2e-3",)]


def test_settings_are_tried_once_for_all_rows_of_a_family() -> None:
    (trial,) = plan_trials([FOLDS_AT, FIXED, FIXED_AT], ROWS, RATES)
    assert trial.row == FIXED
    assert trial.undecided == ("learning_rate=?",)
    assert [training.name for training in trial.trainings] == [
        "bio+learning_rate=0.001-dev_only-seed1",
        "bio+learning_rate=2e-3-dev_only-seed1",
    ]
    assert trial.trainings[1].flags == ("--bio", "--learning_rate=2e-3", "--protocol=dev_only", "--seed=1")


def test_without_a_split_the_first_fold_tells() -> None:
    (trial,) = plan_trials([FOLDS], [FOLDS], RATES, epochs=2)
    assert trial.trainings[0].name == "bio+learning_rate=0.001-epochs2-dev_only-fold0-seed1"


def test_nothing_is_tried_where_nothing_is_asked_for() -> None:
    assert plan_trials(ROWS, ROWS, []) == []


def test_the_rows_of_the_family_are_trained_with_what_was_chosen() -> None:
    rows = rows_with_chosen(ROWS, {FIXED.family: RATES[1]})
    trainings = plan_trainings([rows[FOLDS_AT.key]], list(rows.values()), folds=1, seeds=1)
    assert [training.name for training in trainings] == [
        *(
            f"bio+learning_rate=2e-3-at{alpha}-dev_only-seed1"
            for alpha in ("0.05", "0.01", "0.001", "0.0001")
        ),
        "bio+learning_rate=2e-3-at?-fold0-seed1",
    ]
    assert all("--learning_rate=2e-3" in training.flags for training in trainings)
    # The other family has its own settings, and takes alpha from where it stands now.
    assert rows[SLOW_AT.key].flags == ()
    assert rows[SLOW_AT.key].alpha_from == "news/bio+learning_rate=2e-3-at"
    assert rows_with_chosen(ROWS, {}) == {row.key: row for row in ROWS}


def test_what_is_undecided_is_no_flag() -> None:
    rows = rows_with_chosen(ROWS, {FIXED.family: ("learning_rate=?",)})
    assert rows[FIXED.key].flags == ("--bio",)
    assert rows[FIXED.key].key == "news/bio+learning_rate=?"


def result(overall: float | None) -> dict[str, Any]:
    return {"dev": None if overall is None else {"overall_f1": overall, "epoch": 3}}


def test_the_best_on_dev_is_chosen_and_of_equal_ones_the_first() -> None:
    (trial,) = plan_trials([FIXED], ROWS, RATES)
    choice = TrialChoice.by_dev(trial, [result(70.0), result(71.0)])
    assert choice.settings == ("learning_rate=2e-3",)
    assert str(choice) == (
        "learning_rate=2e-3 chosen on dev (overall F1 of learning_rate=0.001: 70.00, "
        "learning_rate=2e-3: 71.00)"
    )
    assert TrialChoice.by_dev(trial, [result(70.0), result(70.0)]).settings == RATES[0]
    with pytest.raises(InputError, match=r"dev_only-seed1: result\.json has no overall F1 on dev"):
        TrialChoice.by_dev(trial, [result(70.0), result(None)])


def test_the_choice_is_written_down_beside_those_of_alpha(tmp_path: Path) -> None:
    state = DiskState(tmp_path / "runs", tmp_path / "results", settings_of)
    (trial,) = plan_trials([FIXED], ROWS, RATES, epochs=2)
    choice = TrialChoice.by_dev(trial, [result(70.0), result(71.0)])
    assert state.record_trial(trial, choice)
    assert not state.record_trial(trial, choice)
    path = tmp_path / "results" / "news" / "tried-bio-learning_rate-epochs2.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert (record["row"], record["settings"]) == ("news/bio", ["learning_rate=2e-3"])
    assert record["tried"][0] == {
        "settings": ["learning_rate=0.001"],
        "run": "bio+learning_rate=0.001-epochs2-dev_only-seed1",
        "overall_f1": 70.0,
        "epoch": 3,
    }
