"""Calls an exported model from several threads at once, and compares every answer with that to one thread.

    python tests/robustness/load.py                      of a model that is trained for it, 5 minutes
    python tests/robustness/load.py --model=served       of a SavedModel of `multihead-at export`
    python tests/robustness/load.py --seconds=10 --threads=4

Sentences of 1 to 200 tokens come in batches of 1 to 32, as texts, as tokens and as columns, in an order
of its own for each thread. The exit status is 0 when no answer is wrong and the memory after the first fifth
of the time (the warm-up) does not grow by more than 2 % till the end, and when there are entities in the
answers. Memory is read from /proc: Linux only.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from multihead_at.cli.main import main as run_command
from multihead_at.cli.quiet import quiet_tensorflow
from multihead_at.documents import read_documents
from multihead_at.runs.model_folder import find_saved_model

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
LENGTHS = (1, 2, 3, 5, 8, 13, 20, 30, 50, 80, 120, 200)
BATCHES = (1, 2, 8, 32)
MOST_GROWTH = 0.02
WARM_UP = 0.2
# The order of additions may hang on how many threads there are at the moment.
_ROUNDING = 1e-5
_SAMPLES = 20
_MEGABYTE = 2**20

Answer = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Request:
    """What a signature is called with.

    Attributes:
        signature: its name.
        inputs: its arguments.
        sentences: how many there are.
    """

    signature: str
    inputs: Mapping[str, Any]
    sentences: int


@dataclass
class Calls:
    """What became of a thread's calls."""

    calls: int = 0
    sentences: int = 0
    wrong: int = 0
    error: BaseException | None = None


def make_requests(seed: int) -> list[Request]:
    """Sentences of the sample, cut or joined to every length, in batches of like and of mixed lengths."""
    import tensorflow as tf

    draw = random.Random(seed)
    words = [token for document in read_documents(SAMPLE / "test.txt") for token in document.tokens]

    def sentence(length: int) -> list[str]:
        start = draw.randrange(len(words) - length)
        return words[start : start + length]

    requests = []
    for size in BATCHES:
        # The last one has lengths of its own for each sentence.
        for length in (*LENGTHS, None):
            rows = [sentence(draw.choice(LENGTHS) if length is None else length) for _ in range(size)]
            if max(map(len, rows)) * size > 2000:
                continue
            width = max(map(len, rows))
            tokens = tf.constant([[*row, *[""] * (width - len(row))] for row in rows])
            text = tf.constant([" ".join(row) for row in rows])
            requests += [
                Request("text", {"text": text}, size),
                Request("tokens", {"tokens": tokens}, size),
                Request("columns", {"tokens": tokens, "threshold": tf.constant(0.5)}, size),
            ]
    return requests


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same: probabilities up to rounding, all else exactly."""
    if set(one) != set(other):
        return False
    for name, ours in one.items():
        theirs = other[name]
        if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
            return False
        exact = not np.issubdtype(ours.dtype, np.floating)
        if not (np.array_equal(ours, theirs) if exact else np.allclose(ours, theirs, 0.0, _ROUNDING)):
            return False
    return True


def call(signatures: Mapping[str, Any], request: Request) -> Answer:
    """One answer of the model."""
    outputs = signatures[request.signature](**request.inputs)
    return {name: values.numpy() for name, values in outputs.items()}


def call_until(
    end: float,
    signatures: Mapping[str, Any],
    requests: Sequence[Request],
    expected: Sequence[Answer],
    draw: random.Random,
    calls: Calls,
) -> None:
    """Calls the model in random order until `time.monotonic()` is there."""
    try:
        while time.monotonic() < end:
            place = draw.randrange(len(requests))
            answer = call(signatures, requests[place])
            calls.calls += 1
            calls.sentences += requests[place].sentences
            calls.wrong += not same(answer, expected[place])
    except BaseException as error:
        calls.error = error


def megabytes() -> float:
    """The memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


def watch(seconds: float, workers: Sequence[threading.Thread]) -> list[float]:
    """Waits for the threads; returns the memory after the warm-up and at even times from there to the end."""
    began = time.monotonic()
    measured = []
    for number in range(_SAMPLES + 1):
        at = began + seconds * (WARM_UP + (1 - WARM_UP) * number / _SAMPLES)
        # The last one is taken while they still work.
        time.sleep(max(0.0, at - time.monotonic() - 0.2 * (number == _SAMPLES)))
        measured.append(megabytes())
    for worker in workers:
        worker.join()
    return measured


def run(model: Path, seconds: float, threads: int, seed: int) -> int:
    """Loads the model, calls it, prints the figures, and returns the exit status."""
    import tensorflow as tf

    folder = find_saved_model(model)
    if folder is None:
        raise SystemExit(f"{model}: expected a SavedModel")
    loaded = tf.saved_model.load(str(folder))
    requests = make_requests(seed)
    expected = [call(loaded.signatures, request) for request in requests]
    found = sum(int(answer["entity_counts"].sum()) for answer in expected)
    size = f"memory {megabytes():.0f} MB"
    print(f"{len(requests)} requests, {found} entities in their answers, {size}", flush=True)
    if not found:
        raise SystemExit(
            f"{folder}: expected a model that finds entities in the sample, received one without"
        )
    counts = [Calls() for _ in range(threads)]
    end = time.monotonic() + seconds
    workers = []
    for number, calls in enumerate(counts):
        draw = random.Random(f"{seed} {number}")
        arguments = (end, loaded.signatures, requests, expected, draw, calls)
        workers.append(threading.Thread(target=call_until, args=arguments))
    for worker in workers:
        worker.start()
    measured = watch(seconds, workers)
    return _report(counts, measured, seconds)


def _report(counts: Sequence[Calls], measured: Sequence[float], seconds: float) -> int:
    wrong = sum(calls.wrong for calls in counts)
    errors = [calls.error for calls in counts if calls.error is not None]
    growth = measured[-1] / measured[0] - 1
    print(
        f"{len(counts)} threads, {seconds:.0f} s: {sum(calls.calls for calls in counts)} calls, "
        f"{sum(calls.sentences for calls in counts)} sentences, {wrong} wrong answers, {len(errors)} errors"
    )
    print(
        f"memory: {measured[0]:.0f} MB after the warm-up, {measured[len(measured) // 2]:.0f} MB halfway, "
        f"{measured[-1]:.0f} MB at the end ({growth:+.1%})"
    )
    for error in errors:
        print(f"{type(error).__name__}: {error}")
    idle = sum(calls.calls == 0 for calls in counts)
    return 0 if not (wrong or errors or idle) and growth <= MOST_GROWTH else 1


def _make_model(folder: Path) -> Path:
    """Trains a small model on the sample, and exports it."""
    run_folder, model = folder / "run", folder / "model"
    flags = ["--dataset=sample", "--preset=fast", "--nepochs=8", "--protocol=best", "--hidden_size_lstm=32"]
    for arguments in (
        ["train", *flags, f"--output_dir={run_folder}"],
        ["export", f"--run={run_folder}", f"--output={model}"],
    ):
        if run_command(arguments) != 0:
            raise SystemExit(f"multihead-at {arguments[0]} failed")
    return model


def main() -> int:
    """Does what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, help="a SavedModel without boundaries [one is trained]")
    parser.add_argument("--seconds", type=float, default=300.0, help="how long [300]")
    parser.add_argument("--threads", type=int, default=8, help="that call it [8]")
    parser.add_argument("--seed", type=int, default=1, help="of sentences and their order [1]")
    options = parser.parse_args()
    quiet_tensorflow()
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        model = options.model or _make_model(Path(folder))
        return run(model, options.seconds, options.threads, options.seed)


if __name__ == "__main__":
    sys.exit(main())
