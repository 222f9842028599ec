"""A model of a benchmark in a process of its own, as it is where it is used.

Two models in one process would pay for each other: Python's garbage collector goes through what both have.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

# What one would write first runs with TensorFlow's own choice, which the commands of this project change.
_ONEDNN = {"keras": "1"}


class MeasuredProcess:
    """Starts a benchmark's module for one of its models; the other side is `serve_runs`.

    Args:
        module: of the benchmark.
        model: `keras` or `ours`.
        arguments: that make the module serve this model's runs.

    Raises:
        SystemExit: the process ends before it should.
    """

    def __init__(self, module: str, model: str, arguments: Sequence[str]) -> None:
        environment = dict(os.environ)
        environment.setdefault("TF_ENABLE_ONEDNN_OPTS", _ONEDNN.get(model, "0"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, f"--serve={model}", *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.warm_up = self._answer()
        """CPU seconds from the model's making to the end of its first steps, tracing included."""

    def run(self) -> float:
        """Lets it do its work once; returns the CPU seconds that it took."""
        assert self._process.stdin is not None
        print(file=self._process.stdin, flush=True)
        return self._answer()

    def end(self) -> None:
        """Ends it."""
        self._process.communicate()

    def _answer(self) -> float:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a benchmark's process has ended with status {self._process.wait()}")
        return float(line)


def alternate(models: Mapping[str, MeasuredProcess], repetitions: int) -> dict[str, list[float]]:
    """The CPU seconds of so many runs of each model, in turn; ends the processes."""
    seconds: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(repetitions):
        for name, process in models.items():
            seconds[name].append(process.run())
    for process in models.values():
        process.end()
    return seconds


def medians(seconds: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each model."""
    return {name: statistics.median(values) for name, values in seconds.items()}


def serve_runs(make: Callable[[], Callable[[], object]]) -> None:
    """Makes a model ready and prints the CPU seconds of that, then of a run for each line of standard input.

    Args:
        make: makes and warms up; returns what a run does.
    """
    started = time.process_time()
    run = make()
    print(time.process_time() - started, flush=True)
    for _ in sys.stdin:
        started = time.process_time()
        run()
        print(time.process_time() - started, flush=True)
