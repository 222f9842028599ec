"""Stands for `multihead-at experiments`, to be killed: `fake_experiments.py FOLDER PAUSE EPOCHS`."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_training import settings_of

from multihead_at.experiments import DiskState, ExperimentRunner, Row, plan_trainings

FAKE_TRAINING = (sys.executable, str(Path(__file__).with_name("fake_training.py")))


def rows(*flags: str, folds: int = 0) -> tuple[Row, Row]:
    """A baseline and its row with AT, two seeds each."""
    baseline = Row("news", "bio", ("--dataset=news", *flags), (1, 2), tuple(range(folds)))
    return baseline, Row("news", "bio", baseline.flags, baseline.seeds, baseline.folds, adversarial=True)


def runner(folder: Path, of: tuple[Row, ...], *, jobs: int = 2) -> ExperimentRunner:
    """Runs fake trainings, with runs and results below a folder."""
    state = DiskState(folder / "runs", folder / "results", settings_of)
    return ExperimentRunner(plan_trainings(of, of), state, FAKE_TRAINING, jobs=jobs, console=sys.stdout)


if __name__ == "__main__":
    pause, epochs = sys.argv[2:]
    sys.exit(bool(runner(Path(sys.argv[1]), rows(f"--pause={pause}", f"--nepochs={epochs}")).run()))
