"""Trains what is left to train, several at once, each in a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any, TextIO

from multihead_at.errors import InputError
from multihead_at.experiments.disk_state import DiskState
from multihead_at.experiments.duration_text import format_duration
from multihead_at.experiments.experiment_progress import ExperimentProgress
from multihead_at.experiments.training import Training
from multihead_at.experiments.training_process import TrainingProcess
from multihead_at.experiments.workload import Workload

_PAUSE = 0.2  # seconds
_PATIENCE = 15.0  # seconds


class ExperimentRunner:
    """Runs trainings until all are finished or have failed.

    What is done stands on the disk alone, so that this process, and each of those that it starts, may be
    killed at any moment: started again, it goes on.

    Args:
        trainings: all of them, those that an alpha is chosen by before those that need it.
        state: where they lie.
        command: what trains, as words; the flags of a training are added.
        jobs: trainings at once.
        console: where progress is shown.
        end_with: a process; when it is no longer this one's parent, that is as Ctrl-C.
    """

    def __init__(
        self,
        trainings: Sequence[Training],
        state: DiskState,
        command: Sequence[str],
        *,
        jobs: int,
        console: TextIO,
        end_with: int | None = None,
    ) -> None:
        self._state = state
        self._command = tuple(command)
        self._jobs = jobs
        self._end_with = end_with
        self._trainings = len(trainings)
        self._waiting = list(trainings)
        self._running: dict[Training, TrainingProcess] = {}
        self._failures: dict[Training, str] = {}
        self._waited_for: set[Training] = set()
        self._workload = Workload(trainings, state)
        self._take_finished()
        self._progress = ExperimentProgress(self._workload, jobs, console)

    def run(self) -> dict[Training, str]:
        """Runs everything.

        Returns:
            What went wrong with those that have failed.

        Raises:
            KeyboardInterrupt: on Ctrl-C, SIGTERM or a closed terminal; the trainings are ended before.
        """
        with _signals_as_interrupt():
            try:
                self._say_what_is_to_do()
                while self._waiting or self._running:
                    self._start()
                    time.sleep(_PAUSE)
                    self._look_at_running()
                    self._end_with_parent()
            finally:
                self._stop()
                self._progress.close()
        return self._failures

    def _say_what_is_to_do(self) -> None:
        left = format_duration(self._workload.all_seconds_left(self._jobs))
        self._progress.say(
            f"{self._trainings} trainings: {self._finished()} finished already, {len(self._waiting)} to do, "
            f"{self._jobs} at once; about {left} if none stops early"
        )

    def _finished(self) -> int:
        return self._trainings - len(self._waiting) - len(self._running) - len(self._failures)

    def _take_finished(self) -> None:
        """Crosses out what is finished; before the progress is shown."""
        for training in list(self._waiting):
            with contextlib.suppress(InputError):  # comes again, and is told, when it is its turn
                if not self._cross_out_if_finished(training):
                    self._workload.update(self._state.resolve(training))

    def _cross_out_if_finished(self, training: Training) -> bool:
        resolved = self._state.resolve(training)
        if not self._state.is_finished(resolved):
            return False
        self._state.collect(resolved)
        self._waiting.remove(training)
        self._workload.update(resolved, finished=True)
        return True

    def _start(self) -> None:
        for training in list(self._waiting):
            if len(self._running) >= self._jobs:
                return
            try:
                self._start_one(training)
            except InputError as error:
                self._waiting.remove(training)
                self._fail(training, str(error))

    def _start_one(self, training: Training) -> None:
        """Starts a training where nothing stands in the way."""
        if training.needs_alpha and not self._is_alpha_chosen(training):
            return
        resolved = self._state.resolve(training)
        if self._is_used(resolved) or self._cross_out_if_finished(training):
            return
        command = [
            *self._command,
            *resolved.flags,
            "--threads=1",
            f"--output_dir={self._state.run_folder(resolved)}",
            # Begins what is not begun, too.
            "--resume",
        ]
        process = TrainingProcess(command, self._state.log(resolved))
        self._waiting.remove(training)
        self._running[resolved] = process

    def _is_alpha_chosen(self, training: Training) -> bool:
        """Whether alpha is known; where it is, it is written down, too.

        Raises:
            InputError: it never will be.
        """
        failed = [one.key for one in training.chosen_by if one in self._failures]
        if failed:
            raise InputError(f"alpha could not be chosen, as {failed[0]} has failed")
        if any(one in self._waiting or one in self._running for one in training.chosen_by):
            return False
        choice = self._state.choice(training)
        if choice is None:
            missing = training.chosen_by[0].row.key
            raise InputError(f"alpha could not be chosen: the trainings of {missing} for it are not there")
        if self._state.record(training, choice):
            self._progress.say(f"{choice.row}: {choice}")
        return True

    def _is_used(self, training: Training) -> bool:
        """Whether another process trains it: one that has outlived the process that started it."""
        user = self._state.user(training)
        if user is not None and training not in self._waited_for:
            self._waited_for.add(training)
            self._progress.say(f"{training.key}: {user} trains it, which is waited for")
        return user is not None

    def _look_at_running(self) -> None:
        for training, process in list(self._running.items()):
            self._workload.update(training)
            if process.status is not None:
                del self._running[training]
                self._take(training, process)
        self._progress.show(self._finished(), len(self._running), self._trainings)

    def _take(self, training: Training, process: TrainingProcess) -> None:
        """Takes what a process has left behind."""
        try:
            if process.status != 0:
                raise InputError(f"{process.failure()} (all of it: {self._state.log(training)})")
            if not self._state.is_trained(training):
                raise InputError(f"ended well, but left no result in {self._state.run_folder(training)}")
            self._state.collect(training)
            self._workload.update(training, finished=True)
            self._progress.say(f"{training.key}: {_figures(self._state.result(training))}")
        except InputError as error:
            self._fail(training, str(error))

    def _fail(self, training: Training, reason: str) -> None:
        self._failures[training.planned] = reason
        self._progress.say(f"{training.key} has FAILED: {reason}")

    def _end_with_parent(self) -> None:
        if self._end_with is not None and os.getppid() != self._end_with:
            raise KeyboardInterrupt

    def _stop(self) -> None:
        """Ends what runs; a second Ctrl-C kills it."""
        patience = _PATIENCE
        if self._running:
            self._progress.say(f"ending {len(self._running)} trainings; the same command goes on with them")
        for process in self._running.values():
            process.interrupt()
        until = time.monotonic() + patience
        for process in self._running.values():
            try:
                process.end(max(0.0, until - time.monotonic()))
            except KeyboardInterrupt:
                until = 0.0
                process.end(0.0)


@contextlib.contextmanager
def _signals_as_interrupt() -> Iterator[None]:
    """SIGTERM and SIGHUP as Ctrl-C, and Ctrl-C also where a shell has it ignored in the background."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signals = [signal.SIGINT, signal.SIGTERM]
    # `nohup` wants it ignored.
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signals.append(signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _figures(result: dict[str, Any]) -> str:
    """The figures of dev and, where it was tested, of test, in one line."""
    parts = []
    for split in ("dev", "test"):
        figures = result.get(split)
        if isinstance(figures, dict):
            three = " / ".join(f"{figures[f'{name}_f1']:.2f}" for name in ("entity", "relation", "overall"))
            parts.append(f"{split} {three}")
    return f"{', '.join(parts)} in {format_duration(result.get('seconds', 0.0))}"
