"""Where a training step's time goes.

    python -m benchmarks.profile [--batch_size=1] [--data_dir=DIR] [--json=FILE]

CoNLL04, BIO + AT, in file order, one thread, under TensorFlow's own profiler: the share of each kind of
operation in the time of the thread that computes. Watching costs time itself, so shares count, not seconds.
`ExecutorState::...` is the thread's time between operations: what it costs to start them, and XLA's programs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from multihead_at.cli.quiet import quiet_tensorflow

quiet_tensorflow()

import tensorflow as tf  # noqa: E402
from tensorflow.tsl.profiler.protobuf import xplane_pb2  # noqa: E402

from benchmarks.adversarial_steps import adversarial_steps  # noqa: E402
from benchmarks.report import print_table, write_rows  # noqa: E402
from multihead_at.training.tensorflow_setup import prepare_tensorflow  # noqa: E402

SENTENCES = 480
# Kinds below this share of the whole are put together.
_LEAST_SHARE = 0.01
# What TensorFlow calls the thread.
_COMPUTING = "tf_Compute"


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch_size", type=int, default=1)
    parser.add_argument("--data_dir", help="where conll04/train.txt lies; else the sample is used")
    parser.add_argument("--json", metavar="FILE", help="writes the rows there")
    flags = parser.parse_args()
    prepare_tensorflow(1)
    train, steps = adversarial_steps(flags.batch_size, flags.data_dir, SENTENCES)
    train(steps)
    started = time.process_time()
    train(steps)
    print(f"{1000 * (time.process_time() - started) / steps:.2f} CPU ms a step without the profiler")
    with tempfile.TemporaryDirectory() as folder:
        tf.profiler.experimental.start(folder)
        train(steps)
        tf.profiler.experimental.stop()
        (path,) = Path(folder).rglob("*.xplane.pb")
        space = xplane_pb2.XSpace.FromString(path.read_bytes())
    rows = shares(own_times(space))
    print_table(rows)
    write_rows(flags.json, rows)


def own_times(space: Any) -> Counter[str]:
    """Picoseconds by kind of event, of each event without those within it."""
    times: Counter[str] = Counter()
    for plane in space.planes:
        names = {number: metadata.name for number, metadata in plane.event_metadata.items()}
        for line in (line for line in plane.lines if line.name.startswith(_COMPUTING)):
            for number, picoseconds in _own_times(line):
                times[_kind(names[number])] += picoseconds
    return times


def _own_times(line: Any) -> Iterator[tuple[int, int]]:
    open_events: list[list[int]] = []
    for event in sorted(line.events, key=lambda event: (event.offset_ps, -event.duration_ps)):
        while open_events and open_events[-1][1] <= event.offset_ps:
            number, _, own = open_events.pop()
            yield number, own
        if open_events:
            open_events[-1][2] -= event.duration_ps
        open_events.append([event.metadata_id, event.offset_ps + event.duration_ps, event.duration_ps])
    for number, _, own in open_events:
        yield number, own


def _kind(name: str) -> str:
    """Of `model/bilstm/MatMul:MatMul` it is `MatMul`, of `ExecutorState::Process#id=1#` the first part."""
    name = name.partition("#")[0]
    return name if "::" in name else name.rpartition(":")[2]


def shares(times: Counter[str]) -> list[dict[str, Any]]:
    """The kinds in the order of their share."""
    whole = sum(times.values())
    rows: list[dict[str, Any]] = [
        {"operation": kind, "share_%": round(100 * time / whole, 1)}
        for kind, time in times.most_common()
        if time >= _LEAST_SHARE * whole
    ]
    rest = 100 - sum(row["share_%"] for row in rows)
    return [*rows, {"operation": "all others", "share_%": round(rest, 1)}]


if __name__ == "__main__":
    main()
