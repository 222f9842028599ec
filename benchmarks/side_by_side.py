"""Two cores: one training with two threads, against two trainings of one thread each.

    python -m benchmarks.side_by_side [--quick] [--json=FILE] [--data_dir=DIR]

CoNLL04, BIO + AT, at 1 and 16 sentences a step. Sentences that all processes together train
on in a second of the clock, so this one wants a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

BATCH_SIZES = (1, 16)
SETTINGS = (("one run, 1 thread", 1, 1), ("one run, 2 threads", 1, 2), ("two runs, 1 thread each", 2, 1))


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the time")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--one", nargs=3, type=int, metavar=("SIZE", "THREADS", "SECONDS"))
    flags = parser.parse_args()
    if flags.one:
        size, threads, seconds = flags.one
        print(_train(size, threads, float(seconds), flags.data_dir))
        return

    from benchmarks.report import print_table, write_rows

    rows: list[dict[str, Any]] = []
    for size in BATCH_SIZES:
        for what, processes, threads in SETTINGS:
            command = [sys.executable, "-m", "benchmarks.side_by_side"]
            command += ["--one", str(size), str(threads), "3" if flags.quick else "30"]
            command += [f"--data_dir={flags.data_dir}"] if flags.data_dir else []
            started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
            outputs = [process.communicate()[0] for process in started]
            rate = sum(float(output.split()[-1]) for output in outputs)
            rows.append({"what": what, "batch_size": size, "sentences_per_second": round(rate, 1)})
    print_table(rows)
    write_rows(flags.json, rows)


def _train(size: int, threads: int, seconds: float, data_dir: str | None) -> float:
    """Trains for so long after a warm-up; returns sentences a second."""
    quiet_tensorflow()
    from benchmarks.adversarial_steps import adversarial_steps
    from multihead_at.training.tensorflow_setup import prepare_tensorflow

    prepare_tensorflow(threads)
    train, batches = adversarial_steps(size, data_dir)
    # Every length once: XLA compiles for some.
    train(batches)
    done, started = 0, time.monotonic()
    while time.monotonic() - started < seconds:
        train(max(1, 160 // size))
        done += max(1, 160 // size) * size
    return done / (time.monotonic() - started)


if __name__ == "__main__":
    main()
