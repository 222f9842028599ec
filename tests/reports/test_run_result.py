from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.reports import RunResult


def test_a_result_of_before_there_were_folds_and_presets(add_run: Callable[..., Path]) -> None:
    folder = add_run("bio-seed1", 80.5, 60.5)
    assert RunResult.read(folder) == RunResult(
        folder=folder,
        dataset="conll04",
        tag_set="BIO",
        evaluation="strict",
        protocol="original",
        alpha=0.0,
        seed=1,
        fold=-1,
        split="",
        preset="faithful",
        batch_size=1,
        decoding="threshold",
        cut_epochs=0,
        word_vectors="made-up",
        entity_f1=80.5,
        relation_f1=60.5,
        overall_f1=70.5,
        cpu_seconds=90.0,
    )


def test_a_result_with_fold_preset_and_decoding(add_run: Callable[..., Path]) -> None:
    found = RunResult.read(
        add_run("bio-fast-fold3", fold=3, split="3 of 10", preset="fast", decoding="edmonds")
    )
    assert found is not None
    assert (found.fold, found.split, found.preset, found.decoding) == (3, "3 of 10", "fast", "edmonds")


def test_the_name_tells_a_run_that_was_cut_short(add_run: Callable[..., Path]) -> None:
    names = ("ec-fast-at0.01-epochs2-fold1-seed1", "epochs12", "my-epochs2b", "seed1")
    found = [RunResult.read(add_run(name)) for name in names]
    assert [result.cut_epochs for result in found if result is not None] == [2, 12, 0, 0]


def test_a_run_that_was_not_tested_is_none(add_run: Callable[..., Path]) -> None:
    assert RunResult.read(add_run("tuning", protocol="dev_only", test=None)) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"test": None}, "test: expected figures, received None"),
        ({"test": {"entity_f1": 1}}, "relation_f1: expected a number of at least 0, received None"),
        ({"dataset": 4}, "dataset: expected text, received 4"),
        ({"setting": "bio"}, "setting: expected one of BIO, EC, received 'bio'"),
        ({"evaluation": ""}, "evaluation: expected one of strict, boundaries, relaxed, received ''"),
        ({"alpha": -0.1}, "alpha: expected a number of at least 0, received -0.1"),
        ({"alpha": float("nan")}, "alpha: expected a number of at least 0, received nan"),
        ({"seed": True}, "seed: expected a whole number of at least 0, received True"),
        ({"fold": -2}, "fold: expected a whole number of at least -1, received -2"),
        ({"batch_size": 0}, "batch_size: expected a whole number of at least 1, received 0"),
    ],
    ids=repr,
)
def test_a_damaged_result_is_refused(
    add_run: Callable[..., Path], changes: dict[str, object], message: str
) -> None:
    path = add_run("run") / "result.json"
    result = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps(result), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        RunResult.read(path.parent)
    assert str(refused.value) == f"{path}: {message}"
