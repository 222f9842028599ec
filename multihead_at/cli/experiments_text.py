"""A plan of trainings as the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from multihead_at.experiments import Training, Workload, format_duration


def format_plan(trainings: Sequence[Training], workload: Workload) -> str:
    """The rows, and below each a line for each training: name, how far it is, time left, flags.

    Args:
        trainings: in the plan's order.
        workload: knows how far they are.
    """
    lines = [_columns(training, workload) for training in trainings]
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(3)]
    text, row = [], None
    for training, (name, standing, time, flags) in zip(trainings, lines):
        if training.row != row:
            row = training.row
            text.append(row.key)
        text.append(f"  {name:<{widths[0]}}  {standing:<{widths[1]}}  {time:>{widths[2]}}  {flags}")
    return "\n".join(text)


def format_left_out(left_out: Mapping[Training, str]) -> str:
    """One line for each reason, with the rows that are left out for it.

    Args:
        left_out: the reason of each training.
    """
    lines = []
    for reason in dict.fromkeys(left_out.values()):
        trainings = [training for training, why in left_out.items() if why == reason]
        rows = dict.fromkeys(training.row.key for training in trainings)
        lines.append(f"left out: {', '.join(rows)} ({len(trainings)} trainings). {reason}")
    return "\n".join(lines)


def format_nothing_possible(left_out: Mapping[Training, str], data_dir: Path) -> str:
    """What to do where everything is left out, in one sentence.

    Args:
        left_out: the reason of each training.
        data_dir: the folder of corpora and vectors.
    """
    datasets = ", ".join(dict.fromkeys(training.row.dataset for training in left_out))
    return (
        f"nothing can be trained: the corpora or word vectors of {datasets} cannot be had from the data "
        f"folder {str(data_dir)!r}. `multihead-at datasets` says which files to put where and fetches the "
        "public ones (--get=NAME); --data_dir names another folder, and --dry_run says what each row lacks"
    )


def _columns(training: Training, workload: Workload) -> tuple[str, str, str, str]:
    seconds, done = workload.seconds_left(training), workload.done(training)
    flags = " ".join(training.flags)
    if not seconds:
        return training.name, "finished", "", flags
    standing = f"{done} of {workload.planned(training)} epochs" if done else "to do"
    return training.name, standing, format_duration(seconds), flags
