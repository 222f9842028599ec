"""Memory against document length: what training with AT, and prediction, take above the loaded model.

    python -m benchmarks.memory [--quick] [--json=FILE] [--data_dir=DIR]

Each figure is the median of three processes of their own: after steps on short documents, which leave the
step traced for any length, the highest resident size during a step on one document of the given length, less
the size before it, when all free memory has been given back to the system (Linux, glibc). Prediction finds no
relation: fresh weights would find half of all that there could be.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import statistics
import subprocess
import sys
from pathlib import Path

from multihead_at.cli.quiet import quiet_tensorflow

LENGTHS = (100, 200, 300, 400, 500, 600, 800, 1000)
QUICK_LENGTHS = (100, 500, 600, 1000)
REPETITIONS = 3
WARM_UP_LENGTHS = (20, 33, 47, 66)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer lengths")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--one", nargs=2, metavar=("LENGTH", "MODE"), help=argparse.SUPPRESS)
    flags = parser.parse_args()
    quiet_tensorflow()
    if flags.one:
        print(measure(int(flags.one[0]), flags.one[1], flags.data_dir))
        return

    from benchmarks.report import print_table, write_rows

    rows = []
    for mode in ("train", "predict"):
        for length in QUICK_LENGTHS if flags.quick else LENGTHS:
            command = [sys.executable, "-m", "benchmarks.memory", "--one", str(length), mode]
            command += [f"--data_dir={flags.data_dir}"] if flags.data_dir else []
            megabytes = [
                float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])
                for _ in range(REPETITIONS)
            ]
            rows.append({"length": length, "mode": mode, "mb_above_base": statistics.median(megabytes)})
            print_table(rows[-1:])
            write_rows(flags.json, rows)


def measure(length: int, mode: str, data_dir: str | None) -> float:
    """Returns the megabytes that one step on a document of `length` tokens takes above the loaded model."""
    import tensorflow as tf

    from benchmarks.bench_corpus import BenchCorpus, bench_config
    from multihead_at.encoding import make_batch
    from multihead_at.model import JointModel, make_optimizer
    from multihead_at.training.tensorflow_setup import prepare_tensorflow

    prepare_tensorflow(1)
    corpus = BenchCorpus.load(data_dir)
    config = bench_config(batch_size=1, adversarial=True, ner_loss="crf")
    encoder = corpus.encoder(config)
    model = JointModel(config, corpus.sizes(config))
    model.word_embedding.set_table(corpus.table.matrix)
    model.compile(optimizer=make_optimizer(config.optimizer, config.learning_rate))
    step = tf.function(model.train_step if mode == "train" else model.call, reduce_retracing=True)

    def run(tokens: int) -> None:
        batch = make_batch([encoder.encode(corpus.document_of_length(tokens))])
        step({name: tf.constant(value) for name, value in batch.items()})

    model.head_selection.v.assign(tf.zeros_like(model.head_selection.v))
    for tokens in WARM_UP_LENGTHS:
        run(tokens)
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    base = _reset_highest_size()
    run(length)
    return round((_status("VmHWM") - base) / 1024, 1)


def _reset_highest_size() -> int:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")


def _status(name: str) -> int:
    """A line of /proc/self/status, in kB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise RuntimeError(f"no {name} in /proc/self/status")


if __name__ == "__main__":
    main()
