"""What somebody sees who waits for many trainings."""

from __future__ import annotations

import time
from typing import TextIO

from tqdm import tqdm

from multihead_at.experiments.duration_text import format_duration
from multihead_at.experiments.workload import Workload

_FORMAT = "{desc} |{bar}| {percentage:.0f} %{postfix}"
_EVERY = 1.0  # seconds


class ExperimentProgress:
    """Lines, and on a terminal one bar below them over the epochs of all trainings.

    Args:
        workload: what there is to do.
        jobs: trainings at once.
        console: where it is shown.
    """

    def __init__(self, workload: Workload, jobs: int, console: TextIO) -> None:
        self._workload = workload
        self._jobs = jobs
        self._console = console
        self._shown_at = 0.0
        self._bar = _Bar(
            total=workload.epochs,
            initial=workload.epochs_done,
            bar_format=_FORMAT,
            file=console,
            disable=None,
            leave=False,
            dynamic_ncols=True,
        )

    def say(self, line: str) -> None:
        """Prints a line above the bar."""
        self._bar.write(line, file=self._console)
        self._console.flush()

    def show(self, finished: int, running: int, trainings: int) -> None:
        """Draws the bar, at most once a second."""
        if self._bar.disable or time.monotonic() - self._shown_at < _EVERY:
            return
        self._shown_at = time.monotonic()
        left = format_duration(self._workload.all_seconds_left(self._jobs))
        self._bar.n = self._workload.epochs_done
        self._bar.set_description_str(f"{finished} of {trainings} trainings", refresh=False)
        self._bar.set_postfix_str(f"{running} running, about {left} left", refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Takes the bar away."""
        self._bar.close()


class _Bar(tqdm):  # type: ignore[misc,type-arg]
    # tqdm's watching thread would be copied into every process that is started.
    monitor_interval = 0
