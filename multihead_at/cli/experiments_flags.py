"""The flags of `experiments`."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE

EXPERIMENTS_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "Which rows, and how much of them",
        (
            CommandFlag(
                "dataset",
                str,
                "NAME",
                "only the rows of conll04, ade, ace04 or drec; sample: small rows over the embedded sample "
                "corpus instead. [all of Table 1]",
            ),
            CommandFlag(
                "only",
                str,
                "PATTERN",
                "only the rows whose name has this in it, as conll04/ec- or ade*-at, or the one row whose "
                "name it is, as conll04/ec; several are separated by commas. --dry_run shows names. [all]",
            ),
            CommandFlag("seeds", int, "N", "only the first N seeds of a row. [all]"),
            CommandFlag("folds", int, "N", "only the first N folds of a row. [all]"),
            CommandFlag(
                "try",
                list,
                "NAME=VALUE,VALUE",
                "choose a setting of train on dev first, as learning_rate=0.001,0.002: once for the rows "
                "that differ in AT and folds alone, with the baseline, the first seed and fold, phase 1 "
                "only. The rows are trained with the best, and their names say so. Of several --try every "
                "combination. [nothing but alpha]",
            ),
            CommandFlag(
                "epochs",
                int,
                "N",
                "train N epochs in each phase, to see it work; the names of such runs say so. "
                "[each row's own]",
            ),
        ),
    ),
    FlagGroup(
        "Running them",
        (
            CommandFlag("jobs", int, "N", "trainings at once, one thread each. [the number of cores]"),
            CommandFlag(
                "dry_run",
                bool,
                "",
                "only list the trainings, the time they would take, and what is left out and why. [false]",
            ),
            DATA_DIR,
            CommandFlag("output_dir", str, "DIR", "the folder of the runs' folders. [runs/experiments]"),
            CommandFlag(
                "results_dir",
                str,
                "DIR",
                "where the small files of finished runs are copied to, as DIR/<dataset>/<run>; what lies "
                "there is not trained again. [results; with --dataset=sample runs/sample-results, else with "
                "--epochs runs/cut-results]",
            ),
            CommandFlag(
                "report",
                bool,
                "",
                "afterwards make the tables and figures of the results, as `report` does. [false]",
            ),
            CommandFlag(
                "end_with",
                int,
                "PID",
                "for scripts: end, as on Ctrl-C, when the process that has started this one is no longer "
                "PID. [off]",
            ),
            FLAGFILE,
        ),
    ),
)
"""All flags of `experiments`, as the help shows them."""
