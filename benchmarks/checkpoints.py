"""What checkpoints cost: the seconds that writing one takes, beside those of the epoch before it.

    python -m benchmarks.checkpoints [--dataset=conll04] [--epochs=4] [--json=FILE] [--data_dir=DIR]

Real trainings with one thread, faithful and with the fast preset, with and without AT. Each figure is a
median over epochs, without the first, which traces. A checkpoint is taking the state from the model, writing
it, flushing it to the disk and renaming it; an epoch is its steps and the scoring of dev.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.cli.build_config import build_config  # noqa: E402
from multihead_at.datasets import default_data_dir, load_corpus  # noqa: E402
from multihead_at.encoding import load_vectors  # noqa: E402
from multihead_at.runs import EpochLog, RunFolder  # noqa: E402
from multihead_at.training import train_run  # noqa: E402
from multihead_at.training.save_state import SaveState  # noqa: E402


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="sample", help="a dataset with a flag file [sample]")
    parser.add_argument("--epochs", type=int, default=4, help="of each training, the first included [4]")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    parser.add_argument("--data_dir", help="of the corpus and the vectors [as for train]")
    flags = parser.parse_args()
    data_dir = Path(flags.data_dir or default_data_dir())
    rows = []
    for preset in ("faithful", "fast"):
        for adversarial in (True, False):
            rows.append(measure(flags.dataset, preset, adversarial, flags.epochs, data_dir))
            print_table(rows[-1:])
            write_rows(flags.json, rows)


def measure(dataset: str, preset: str, adversarial: bool, epochs: int, data_dir: Path) -> dict[str, Any]:
    """Trains phase 1 for so many epochs and times its checkpoints."""
    given = {"dataset": dataset, "preset": preset, "nepochs": epochs - 1, "protocol": "dev_only"}
    config = build_config({**given, "use_adversarial": adversarial})
    corpus = load_corpus(
        dataset, config.filename_train, config.filename_dev, config.filename_test, data_dir, fold=config.fold
    )
    vectors = load_vectors(config.filename_embeddings, data_dir)
    seconds: list[float] = []
    save = SaveState.on_epoch_end

    def timed(self: SaveState, *arguments: Any) -> None:
        started = time.monotonic()
        save(self, *arguments)
        seconds.append(time.monotonic() - started)

    with tempfile.TemporaryDirectory() as name, mock.patch.object(SaveState, "on_epoch_end", timed):
        folder = RunFolder(name)
        how: dict[str, Any] = {"resume": False, "overwrite": False}
        train_run(config, corpus, vectors, folder.path, console=io.StringIO(), **how)
        megabytes = folder.state.stat().st_size / 1e6
        trained = [line["seconds"] for line in EpochLog(folder.epochs).read()]
    checkpoint, epoch = (statistics.median(figures[1:]) for figures in (seconds, trained))
    return {
        "dataset": dataset,
        "preset": preset,
        "adversarial": adversarial,
        "megabytes": round(megabytes, 2),
        "epoch_seconds": round(epoch, 2),
        "checkpoint_milliseconds": round(1000 * checkpoint, 1),
        "percent": round(100 * checkpoint / (checkpoint + epoch), 2),
    }


if __name__ == "__main__":
    main()
