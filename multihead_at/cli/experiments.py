"""The command `experiments`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.build_config import build_config
from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.experiment_plan import ExperimentPlan
from multihead_at.cli.experiments_flags import EXPERIMENTS_FLAGS
from multihead_at.cli.experiments_text import format_left_out, format_nothing_possible, format_plan
from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.missing_data import (
    is_finished,
    missing_vectors,
    resolve_if_possible,
    what_stands_in_the_way,
    without_corpus,
    without_vectors,
)
from multihead_at.cli.present_data import PresentData
from multihead_at.cli.report import report_results
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.errors import InputError
from multihead_at.experiments import (
    ALPHAS,
    DiskState,
    ExperimentRunner,
    Training,
    Workload,
    format_duration,
)
from multihead_at.files import FileLock

SOME_FAILED = 1

# Not the folder of a user's own runs, which may have the same names.
_OUTPUT_DIR = "runs/experiments"
_RESULTS_DIR, _OF_SAMPLE, _OF_CUT_RUNS = "results", "runs/sample-results", "runs/cut-results"
_TRAIN = (sys.executable, "-m", "multihead_at", "train")
_NUMBERS = ("seeds", "folds", "epochs", "jobs")
# One that was left alone needs that long to end its trainings.
_PATIENCE = 30.0  # seconds


def _experiments(given: Mapping[str, Any]) -> int | None:
    for name in _NUMBERS:
        if given.get(name, 1) < 1:
            raise InputError(f"{name}: expected a whole number of at least 1, received {given[name]}")
    data_dir = data_folder(given)
    state = DiskState(
        Path(given.get("output_dir", _OUTPUT_DIR)), _results_dir(given), _settings, PresentData(data_dir).of
    )
    plan = ExperimentPlan(given, state)
    jobs = given.get("jobs") or _cores()
    if given.get("dry_run"):
        _show([*plan.trials, *plan.trainings()], state, data_dir, jobs)
        return None
    with _only_one(state.output_dir):
        if plan.trials:
            if _train(plan.trials, state, data_dir, jobs, given):
                return SOME_FAILED
            for line in plan.record_choices():
                print(line)
        trainings = plan.trainings()
        failures = _train(trainings, state, data_dir, jobs, given)
    if given.get("report") and any(is_finished(one, state) for one in trainings if not one.dev_only):
        report_results(state.results_dir)
    return SOME_FAILED if failures else None


def _results_dir(given: Mapping[str, Any]) -> Path:
    """Where results go; those that are only to see it work do not go among the others."""
    if "results_dir" in given:
        return Path(given["results_dir"])
    if ExperimentPlan.is_of_sample(given):
        return Path(_OF_SAMPLE)
    return Path(_OF_CUT_RUNS if "epochs" in given else _RESULTS_DIR)


def _settings(flags: Sequence[str]) -> Mapping[str, Any]:
    return build_config(parse_flags(flags, TRAIN_FLAGS)).to_dict()


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _only_one(output_dir: Path) -> FileLock:
    """Keeps a second `experiments` from the folder of runs."""
    try:
        output_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError.from_os_error("written", error, output_dir) from error
    lock = FileLock(output_dir / ".experiments.lock", patience=_PATIENCE)
    holder = lock.holder()
    if holder is not None:
        print(f"{output_dir}: {holder} runs experiments there; waiting for its end ...", flush=True)
    return lock


def _train(
    trainings: Sequence[Training], state: DiskState, data_dir: Path, jobs: int, given: Mapping[str, Any]
) -> Mapping[Training, str]:
    """Trains what the corpora and vectors allow; gives what went wrong with the others of these.

    Raises:
        InputError: they allow nothing.
    """
    left_out = without_corpus(trainings, state, data_dir)
    left_out.update(without_vectors([one for one in trainings if one not in left_out], state, data_dir))
    possible = [training for training in trainings if training not in left_out]
    if not possible:
        raise InputError(format_nothing_possible(left_out, data_dir))
    _say_left_out(left_out)
    data = [f"--data_dir={given['data_dir']}"] if "data_dir" in given else []
    runner = ExperimentRunner(
        possible,
        state,
        [*_TRAIN, *data],
        jobs=jobs,
        console=sys.stdout,
        end_with=given.get("end_with"),
    )
    failures = runner.run()
    if not failures:
        print(f"{len(possible)} of {len(possible)} trainings are finished: {state.results_dir}")
        return failures
    print(f"{len(failures)} of {len(possible)} trainings have failed; the same command tries them again:")
    for training, reason in failures.items():
        print(f"  {training.key}: {reason}")
    return failures


def _show(trainings: Sequence[Training], state: DiskState, data_dir: Path, jobs: int) -> None:
    left_out = without_corpus(trainings, state, data_dir)
    missing, fetched = missing_vectors([one for one in trainings if one not in left_out], state, data_dir)
    left_out.update(missing)
    possible = [training for training in trainings if training not in left_out]
    workload = Workload(possible, state)
    for training in possible:
        resolved = resolve_if_possible(training, state)
        if is_finished(training, state):
            workload.update(resolved, finished=True)
        elif not resolved.needs_alpha:
            workload.update(resolved)
    print(format_plan(possible, workload))
    _say_left_out(left_out)
    for reason in dict.fromkeys(what_stands_in_the_way(training, state) for training in possible):
        if reason:
            print(f"will fail: {reason}")
    for name in fetched:
        print(f"word vectors {name!r} are not there yet: they are first asked for at gensim's downloader")
    to_do = sum(workload.seconds_left(training) > 0 for training in possible)
    left = format_duration(workload.all_seconds_left(jobs))
    print(f"{to_do} of {len(possible)} trainings to do, {jobs} at once: about {left} if none stops early")


def _say_left_out(left_out: Mapping[Training, str]) -> None:
    if left_out:
        print(format_left_out(left_out))


EXPERIMENTS = Command(
    name="experiments",
    summary="Train all rows of the paper's Table 1, as far as the corpora are there.",
    explanation=(
        "Each training is a process of its own. Alpha is chosen on dev first, from "
        f"{', '.join(f'{alpha:g}' for alpha in ALPHAS)}. After Ctrl-C or a kill the same command goes on "
        "where it stood; what is finished is never trained again. The exit status is 1 where trainings have "
        "failed; the others are trained all the same."
    ),
    groups=EXPERIMENTS_FLAGS,
    run=_experiments,
)
