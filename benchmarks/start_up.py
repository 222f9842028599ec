"""What a user waits for: the help, and the first training steps after the command.

    python -m benchmarks.start_up [--quick] [--json=FILE] [--data_dir=DIR]

Each figure comes from processes of their own, started one after the other: from the start of Python to its
end (`--help`), or to the moment when `train` has done the steps that it does at once and asks for more,
tracing and all before it included. The cache of word vectors is ready: a process before the first fills it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPETITIONS = 3
QUICK_REPETITIONS = 1

# The training child says when it is there, and has then done what is asked.
_REACHED = "reached"


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="each once")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--train", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    flags = parser.parse_args()
    if flags.train is not None:
        _train_first_steps(flags.train)
        return

    from benchmarks.report import print_table, write_rows

    repetitions = QUICK_REPETITIONS if flags.quick else REPETITIONS
    rows = []
    for what, command, expected in _commands(flags.data_dir):
        _seconds(command, expected)
        seconds = [_seconds(command, expected) for _ in range(repetitions)]
        rows.append(
            {
                "what": what,
                "seconds": round(statistics.median(wall for wall, _ in seconds), 2),
                "cpu_seconds": round(statistics.median(cpu for _, cpu in seconds), 2),
            }
        )
    print_table(rows)
    write_rows(flags.json, rows)


def _commands(data_dir: str | None) -> Iterator[tuple[str, list[str], str]]:
    """Yields what is timed, its command, and what its output must have."""
    python = [sys.executable, "-m"]
    yield "train --help", [*python, "multihead_at", "train", "--help"], "--at_alpha"
    data = [f"--data_dir={data_dir}"] if data_dir else []
    for dataset in ("sample", *(["conll04"] if data_dir else [])):
        for flag in ("--preset=faithful", "--preset=fast"):
            given = [f"--dataset={dataset}", "--at_alpha=0.01", flag, *data]
            yield (
                f"first steps, {dataset}, BIO + AT, {flag}",
                [*python, "benchmarks.start_up", "--train", *given],
                _REACHED,
            )


def _seconds(command: list[str], expected: str) -> tuple[float, float]:
    """Wall and CPU seconds of a process."""
    before, started = os.times(), time.monotonic()
    output = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - started, os.times()
    if expected not in output.stdout:
        raise SystemExit(f"{' '.join(command)} did not work:\n{output.stdout}{output.stderr}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def _train_first_steps(flags: list[str]) -> None:
    """Trains as the command line does, up to the moment when batches for more steps are asked for."""
    from multihead_at.cli.main import main as command_line
    from multihead_at.cli.quiet import quiet_tensorflow

    quiet_tensorflow()
    from multihead_at.training import phase
    from multihead_at.training.batch_feed import STEPS_AT_ONCE

    feed = phase.feed_batches

    def stopping(packed_of_step: Any, steps: range, batch_size: int | None) -> Any:
        def packed(step: int) -> Any:
            if step >= steps.start + STEPS_AT_ONCE:
                print(_REACHED, flush=True)
                os._exit(0)
            return packed_of_step(step)

        return feed(packed, steps, batch_size)

    phase.feed_batches = stopping
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(command_line(["train", *flags, f"--output_dir={Path(folder) / 'run'}"]))


if __name__ == "__main__":
    main()
