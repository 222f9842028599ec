from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from multihead_at.experiments import DiskState, Row, Training, Workload

sys.path.insert(0, str(Path(__file__).parent))

from fake_training import settings_of

# Starting takes 8 seconds.
QUICK = Row("news", "bio", ("--nepochs=9",), (1, 2), seconds_an_epoch=1.0)
SLOW = Row("news", "ec", ("--nepochs=9", "--protocol=original"), (1,), seconds_an_epoch=10.0)
FIRST, SECOND, LONG = Training(QUICK, 1), Training(QUICK, 2), Training(SLOW, 1)


@pytest.fixture
def state(tmp_path: Path) -> DiskState:
    return DiskState(tmp_path / "runs", tmp_path / "results", settings_of)


def log(state: DiskState, training: Training, *seconds: float, ending: str = "") -> None:
    folder = state.run_folder(training)
    folder.mkdir(parents=True)
    lines = "".join(
        json.dumps({"phase": 1, "epoch": epoch, "seconds": value}) + "\n"
        for epoch, value in enumerate(seconds)
    )
    (folder / "epochs.jsonl").write_text(lines + ending, encoding="utf-8")


def test_before_anything_is_measured_the_guess_counts(state: DiskState) -> None:
    workload = Workload([FIRST, LONG], state)
    assert workload.epochs == 10 + 2 * 10
    assert workload.seconds_left(FIRST) == 8.0 + 10.0
    assert workload.seconds_left(LONG) == 8.0 + 200.0


def test_what_is_measured_counts_for_its_row_and_moves_the_guesses_of_others(state: DiskState) -> None:
    log(state, FIRST, 2.0, 4.0, ending='{"seco')
    workload = Workload([FIRST, SECOND, LONG], state)
    workload.update(FIRST)
    assert workload.epochs_done == workload.done(FIRST) == 2
    assert workload.seconds_left(FIRST) == 8.0 + 8 * 3.0
    assert workload.seconds_left(SECOND) == 8.0 + 10 * 3.0
    assert workload.seconds_left(LONG) == 8.0 + 20 * 30.0


def test_one_that_stopped_early_has_done_all_its_epochs(state: DiskState) -> None:
    log(state, FIRST, 2.0, 4.0)
    workload = Workload([FIRST], state)
    workload.update(FIRST, finished=True)
    assert (workload.done(FIRST), workload.seconds_left(FIRST)) == (10, 0.0)
    assert workload.all_seconds_left(2) == 0.0


def test_side_by_side_takes_no_less_than_the_longest(state: DiskState) -> None:
    workload = Workload([FIRST, SECOND, LONG], state)
    assert workload.all_seconds_left(1) == 18.0 + 18.0 + 208.0
    assert workload.all_seconds_left(3) == 208.0


def test_a_training_keeps_its_place_when_alpha_is_chosen(state: DiskState) -> None:
    row = Row("news", "bio", ("--nepochs=9",), (1,), adversarial=True)
    training = Training(row, 1, chosen_by=(Training(row, 1, alpha=0.5, dev_only=True),))
    workload = Workload([training], state)
    log(state, training.with_alpha(0.5), 1.0)
    workload.update(training.with_alpha(0.5))
    assert (workload.done(training), workload.epochs) == (1, 10)
