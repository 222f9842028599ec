from __future__ import annotations

import dataclasses

import pytest

from multihead_at.errors import InputError
from multihead_at.experiments import ALPHAS, SAMPLE_ROWS, TABLE1_ROWS, Row, plan_trainings, select_rows

FIXED = Row("news", "ec", ("--ec",), (1, 2, 3))
FIXED_AT = dataclasses.replace(FIXED, adversarial=True)
FOLDS = Row("news", "bio", (), (1,), (0, 1, 2))
FOLDS_AT = dataclasses.replace(FOLDS, adversarial=True)
SLOW_AT = Row("news", "ec-slow", ("--slow",), (1,), adversarial=True, alpha_from="news/ec-at")
ROWS = (FIXED, FIXED_AT, FOLDS, FOLDS_AT, SLOW_AT)


def names(*rows: Row, **cut: int) -> list[str]:
    return [training.name for training in plan_trainings(rows, ROWS, **cut)]


def test_a_baseline_has_a_training_for_each_seed() -> None:
    assert names(FIXED) == ["ec-seed1", "ec-seed2", "ec-seed3"]


def test_alpha_is_tried_on_the_first_fold_before_the_row() -> None:
    assert names(FOLDS_AT) == [
        "bio-at0.05-dev_only-fold0-seed1",
        "bio-at0.01-dev_only-fold0-seed1",
        "bio-at0.001-dev_only-fold0-seed1",
        "bio-at0.0001-dev_only-fold0-seed1",
        "bio-at?-fold0-seed1",
        "bio-at?-fold1-seed1",
        "bio-at?-fold2-seed1",
    ]


def test_a_row_that_takes_its_alpha_from_another_brings_the_trainings_for_it() -> None:
    assert names(SLOW_AT) == [*(f"ec-at{alpha:g}-dev_only-seed1" for alpha in ALPHAS), "ec-slow-at?-seed1"]


def test_alpha_is_tried_once_for_all_rows_that_take_it() -> None:
    assert len(names(FIXED_AT, SLOW_AT)) == 4 + 3 + 1


def test_what_is_cut_down() -> None:
    assert names(FIXED, FOLDS, seeds=2, folds=1) == ["ec-seed1", "ec-seed2", "bio-fold0-seed1"]
    trainings = plan_trainings([FOLDS], ROWS, epochs=2)
    assert trainings[0].name == "bio-epochs2-fold0-seed1"
    assert trainings[0].flags == ("--nepochs=1", "--fold=0", "--seed=1")


def test_the_flags_of_a_training() -> None:
    tuning, *_, last = plan_trainings([SLOW_AT], ROWS)
    assert tuning.flags == ("--ec", "--at_alpha=0.05", "--protocol=dev_only", "--seed=1")
    assert last.flags == ("--slow", "--at_alpha=?", "--seed=1")
    assert last.with_alpha(1e-4).flags == ("--slow", "--at_alpha=0.0001", "--seed=1")
    assert last.with_alpha(1e-4).name == "ec-slow-at0.0001-seed1"
    assert last.with_alpha(1e-4).planned == last


@pytest.mark.parametrize(
    ("dataset", "only", "keys"),
    [
        (None, "ec", ["news/ec", "news/ec-at", "news/ec-slow-at"]),
        (None, "ne*-at", ["news/ec-at", "news/bio-folds-at", "news/ec-slow-at"]),
        (None, "news/ec", ["news/ec"]),
        (None, "ws/ec", ["news/ec", "news/ec-at", "news/ec-slow-at"]),
        ("news", "slow, bio-folds-at", ["news/bio-folds-at", "news/ec-slow-at"]),
        ("news", None, [row.key for row in ROWS]),
    ],
)
def test_selected_rows(dataset: str | None, only: str | None, keys: list[str]) -> None:
    assert [row.key for row in select_rows(ROWS, dataset=dataset, only=only)] == keys


def test_a_pattern_that_fits_no_row() -> None:
    with pytest.raises(
        InputError, match=r"no row fits --dataset=olds --only=ec; there are news/ec, news/ec-at"
    ):
        select_rows(ROWS, dataset="olds", only="ec")


@pytest.mark.parametrize("rows", [TABLE1_ROWS, SAMPLE_ROWS])
def test_every_row_with_at_has_a_baseline_of_the_same_seeds_and_folds(rows: tuple[Row, ...]) -> None:
    def pair(row: Row) -> Row:
        return dataclasses.replace(row, adversarial=False, alpha_from="", seconds_an_epoch=0.0)

    baselines = [pair(row) for row in rows if not row.adversarial]
    assert [pair(row) for row in rows if row.adversarial] == baselines


@pytest.mark.parametrize("rows", [TABLE1_ROWS, SAMPLE_ROWS])
def test_no_two_rows_or_trainings_have_the_same_name(rows: tuple[Row, ...]) -> None:
    assert len({row.key for row in rows}) == len(rows)
    keys = [training.key for training in plan_trainings(rows, rows)]
    assert len(set(keys)) == len(keys)


def test_the_rows_of_table_1() -> None:
    sizes = {row.key: len(row.seeds) * max(1, len(row.folds)) for row in TABLE1_ROWS if not row.adversarial}
    assert sizes == {
        "conll04/ec-fast": 5,
        "conll04/bio-fast": 5,
        "conll04/bio-fast-folds": 10,
        "ade/bio-fast-folds": 10,
        "ace04/bio-fast-folds": 5,
        "drec/bio-fast": 5,
        "drec/bio-boundaries-fast": 5,
        "conll04/ec": 1,
        "conll04/bio": 1,
    }
