"""The command `experiments`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.cli.build_config import build_config
from multihead_at.cli.command import Command
from multihead_at.cli.data_folder import data_folder
from multihead_at.cli.experiments_flags import EXPERIMENTS_FLAGS
from multihead_at.cli.experiments_text import format_left_out, format_plan
from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.datasets import NO_FOLD, load_corpus
from multihead_at.documents.file_lock import FileLock
from multihead_at.errors import InputError
from multihead_at.experiments import (
    ALPHAS,
    SAMPLE_ROWS,
    TABLE1_ROWS,
    DiskState,
    ExperimentRunner,
    Training,
    Workload,
    format_duration,
    plan_trainings,
    select_rows,
)

SOME_FAILED = 1

_TRAIN = (sys.executable, "-m", "multihead_at", "train")
_NUMBERS = ("seeds", "folds", "epochs", "jobs")
# One that was left alone needs that long to end its trainings.
_PATIENCE = 30.0  # seconds


def _experiments(given: Mapping[str, Any]) -> None:
    for name in _NUMBERS:
        if given.get(name, 1) < 1:
            raise InputError(f"{name}: expected a whole number of at least 1, received {given[name]}")
    data_dir = data_folder(given)
    state = DiskState(
        Path(given.get("output_dir", "runs")), Path(given.get("results_dir", "results")), _settings
    )
    trainings = _plan(given)
    jobs = given.get("jobs") or _cores()
    if given.get("dry_run"):
        _show(trainings, _without_corpus(trainings, state, data_dir), state, jobs)
        return
    with _only_one(state.output_dir):
        left_out = _without_corpus(trainings, state, data_dir)
        left_out.update(_without_vectors([one for one in trainings if one not in left_out], state, data_dir))
        _say_left_out(left_out)
        _run([one for one in trainings if one not in left_out], state, jobs, given)


def _plan(given: Mapping[str, Any]) -> list[Training]:
    dataset = given["dataset"].lower() if "dataset" in given else None
    rows = SAMPLE_ROWS if dataset == "sample" else TABLE1_ROWS
    selected = select_rows(rows, dataset=dataset, only=given.get("only"))
    cut = {name: given.get(name) for name in ("seeds", "folds", "epochs")}
    return plan_trainings(selected, rows, **cut)


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


def _without_corpus(trainings: Sequence[Training], state: DiskState, data_dir: Path) -> dict[Training, str]:
    """The trainings that would need a corpus which cannot be had, and why."""

    def load(settings: Mapping[str, Any]) -> None:
        load_corpus(
            settings["dataset"],
            settings["filename_train"],
            settings["filename_dev"],
            settings["filename_test"],
            data_dir,
            fold=settings["fold"],
        )

    def corpus_of(settings: Mapping[str, Any]) -> tuple[Any, ...]:
        files = tuple(settings[f"filename_{split}"] for split in ("train", "dev", "test"))
        return (settings["dataset"], *files, settings["fold"] != NO_FOLD)

    return dict(_lacking(trainings, state, corpus_of, load))


def _without_vectors(trainings: Sequence[Training], state: DiskState, data_dir: Path) -> dict[Training, str]:
    """The trainings that would need word vectors which cannot be had, and why.

    Those that can be had are then in the cache: several processes that start at once would each build it.
    """

    def load(settings: Mapping[str, Any]) -> None:
        from multihead_at.encoding.vector_files import load_vectors

        load_vectors(settings["filename_embeddings"], data_dir)

    return dict(_lacking(trainings, state, lambda settings: settings["filename_embeddings"], load))


def _lacking(
    trainings: Sequence[Training],
    state: DiskState,
    name_of: Callable[[Mapping[str, Any]], object],
    load: Callable[[Mapping[str, Any]], None],
) -> Iterator[tuple[Training, str]]:
    """Yields the unfinished trainings whose data cannot be loaded, with the reason.

    Args:
        trainings: all.
        state: tells which are finished.
        name_of: of the data of some settings.
        load: loads them, once for each name.
    """
    reasons: dict[object, str] = {}
    for training in trainings:
        if _is_finished(training, state):
            continue
        settings = state.settings(training)
        name = name_of(settings)
        if name not in reasons:
            try:
                load(settings)
                reasons[name] = ""
            except InputError as error:
                reasons[name] = str(error)
        if reasons[name]:
            yield training, reasons[name]


def _is_finished(training: Training, state: DiskState) -> bool:
    try:
        return state.is_finished(state.resolve(training))
    except InputError:  # told when it is its turn
        return False


def _run(trainings: Sequence[Training], state: DiskState, jobs: int, given: Mapping[str, Any]) -> None:
    data = [f"--data_dir={given['data_dir']}"] if "data_dir" in given else []
    runner = ExperimentRunner(
        trainings,
        state,
        [*_TRAIN, *data],
        jobs=jobs,
        console=sys.stdout,
        end_with=given.get("end_with"),
    )
    failures = runner.run()
    if not failures:
        print(f"{len(trainings)} of {len(trainings)} trainings are finished: {state.results_dir}")
        return
    print(f"{len(failures)} of {len(trainings)} trainings have failed; the same command tries them again:")
    for training, reason in failures.items():
        print(f"  {training.key}: {reason}")
    raise SystemExit(SOME_FAILED)


def _show(
    trainings: Sequence[Training], left_out: Mapping[Training, str], state: DiskState, jobs: int
) -> None:
    possible = [training for training in trainings if training not in left_out]
    workload = Workload(possible, state)
    for training in possible:
        if _is_finished(training, state):
            workload.update(state.resolve(training), finished=True)
        elif not training.needs_alpha:
            workload.update(training)
    print(format_plan(possible, workload))
    _say_left_out(left_out)
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
