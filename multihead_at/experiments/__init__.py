"""Which trainings make the tables, and running them: one process each, resumable, several side by side."""

from __future__ import annotations

from multihead_at.experiments.disk_state import DiskState
from multihead_at.experiments.duration_text import format_duration
from multihead_at.experiments.experiment_runner import ExperimentRunner
from multihead_at.experiments.plan import plan_trainings, select_rows
from multihead_at.experiments.row import ALPHAS, UNDECIDED, Row
from multihead_at.experiments.rows import SAMPLE_ROWS, TABLE1_ROWS
from multihead_at.experiments.training import Training
from multihead_at.experiments.trial import Trial, plan_trials, rows_with_chosen
from multihead_at.experiments.workload import Workload

__all__ = [
    "ALPHAS",
    "SAMPLE_ROWS",
    "TABLE1_ROWS",
    "UNDECIDED",
    "DiskState",
    "ExperimentRunner",
    "Row",
    "Training",
    "Trial",
    "Workload",
    "format_duration",
    "plan_trainings",
    "plan_trials",
    "rows_with_chosen",
    "select_rows",
]
