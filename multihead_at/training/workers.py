"""Several machines that train one model together, a share of every batch each."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import tensorflow as tf

from multihead_at.config import Config
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.training.batch_feed import feed_packed
from multihead_at.training.epoch_shares import EpochShares, unpack_share

_VARIABLE = "TF_CONFIG"
_LOST = (
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
    tf.errors.UnavailableError,
)


class Workers:
    """The processes of `tf.distribute.MultiWorkerMirroredStrategy`, and this one's place among them.

    Each has the whole model. Each step's gradients are summed over all workers, so that the weights stay the
    same everywhere, and are those that one process has after steps with the joined batches.

    Args:
        number: this process's; 0 is the chief, which keeps the run's folder.
        count: how many there are.
        threads: of TensorFlow, for each of its two pools.

    Raises:
        InputError: a worker did not come, or has several GPUs.
    """

    def __init__(self, number: int, count: int, threads: int) -> None:
        self.number = number
        self.count = count
        with self.lost_are_told():
            self._strategy = _strategy(threads)
        if self._strategy.num_replicas_in_sync != count:
            raise InputError(
                f"expected one GPU at most for each of {count} workers, received "
                f"{self._strategy.num_replicas_in_sync} in all: CUDA_VISIBLE_DEVICES gives each its own"
            )

    @classmethod
    def from_environment(cls, config: Config) -> Workers | None:
        """The workers that `TF_CONFIG` names; None where it is not set, or names one only.

        Waits for the others. Comes before TensorFlow's first operation of the process.

        Raises:
            InputError: `TF_CONFIG` is none, or a batch has fewer sentences than there are workers.
        """
        number, count = _place(os.environ.get(_VARIABLE) or "{}")
        if count < 2:
            return None
        if config.batch_size < count:
            raise InputError(
                f"batch_size: received {config.batch_size} with {count} workers ({_VARIABLE}); expected at "
                "least a sentence for each"
            )
        return cls(number, count, config.threads)

    def scope(self) -> AbstractContextManager[Any]:
        """Where the model is made that all train."""
        scope: AbstractContextManager[Any] = self._strategy.scope()
        return scope

    def feed(self, shares: EpochShares, steps: range, batch_size: int | None) -> Any:
        """This worker's shares of the batches of `steps`, for `fit`.

        Args:
            shares: of the phase.
            steps: which steps.
            batch_size: the sentences in every joined batch where that is the same for all, else None.
        """
        size = None if batch_size is None else len(range(self.number, batch_size, self.count))
        # Without an end: else the workers would ask each other before every step whether there is one.
        return self._strategy.distribute_datasets_from_function(
            lambda _: feed_packed(shares.of_step, steps, lambda packed: unpack_share(packed, size)).repeat()
        )

    @contextlib.contextmanager
    def run_folder(self, run_dir: str | os.PathLike[str]) -> Iterator[RunFolder]:
        """The run's folder for the chief; for another worker one that is gone after the block."""
        if self.number == 0:
            yield RunFolder(run_dir)
            return
        with tempfile.TemporaryDirectory(prefix="multihead_at-worker-") as folder:
            yield RunFolder(folder)

    @contextlib.contextmanager
    def lost_are_told(self) -> Iterator[None]:
        """Words TensorFlow's errors about other workers.

        Raises:
            InputError: another worker is not there, or no longer.
        """
        try:
            yield
        except _LOST as error:
            raise InputError(
                f"worker {self.number} of {self.count} ({_VARIABLE}) has lost the others; expected the same "
                "command to run on every machine till all end: start all again, with --resume where the "
                "chief has finished an epoch"
            ) from error

    def check_same(self, values: Mapping[str, Any]) -> None:
        """Refuses to train where the workers do not have the same settings and data.

        Args:
            values: by name, what JSON can hold; the names are the same everywhere.

        Raises:
            InputError: a worker has other values than the chief; every worker raises it.
        """
        hashes = [hashlib.sha256(json.dumps(value, sort_keys=True).encode()) for value in values.values()]
        own = np.frombuffer(b"".join(hashed.digest() for hashed in hashes), np.int32)
        rows = np.zeros([self.count, own.size], np.int32)
        rows[self.number] = own
        received = self._sum(rows).reshape(self.count, len(values), -1)
        for number, row in enumerate(received):
            odd = [name for name, one, chiefs in zip(values, row, received[0]) if (one != chiefs).any()]
            if odd:
                raise InputError(
                    f"expected the same settings and data on every machine, received other "
                    f"{' and '.join(odd)} on worker {number} than on worker 0 ({_VARIABLE})"
                )

    def of_chief(self, values: np.ndarray) -> np.ndarray:
        """The chief's values, on every worker.

        Args:
            values: int32, int64 or a float kind; of the same shape and kind everywhere.
        """
        return self._sum(values if self.number == 0 else np.zeros_like(values))

    def share_run(self, folder: RunFolder) -> None:
        """Gives every worker's folder the files of the chief's, as to resume from."""
        for path in folder.files:
            data = path.read_bytes() if self.number == 0 and path.is_file() else b""
            size = int(self.of_chief(np.array([len(data)], np.int64))[0])
            if size:
                words = np.frombuffer(data.ljust(-(-size // 4) * 4, b"\0"), np.int32)
                received = self.of_chief(words if self.number == 0 else np.zeros(-(-size // 4), np.int32))
                if self.number:
                    path.write_bytes(received.tobytes()[:size])

    def wait(self) -> None:
        """Comes back when all workers are here: whoever leaves early would be missed."""
        self._sum(np.zeros([1], np.int32))

    def _sum(self, values: np.ndarray) -> np.ndarray:
        """The sum over all workers."""

        def summed() -> tf.Tensor:
            context = tf.distribute.get_replica_context()
            return context.all_reduce(tf.distribute.ReduceOp.SUM, tf.constant(values))

        run = tf.function(lambda: self._strategy.run(summed), autograph=False)
        result: np.ndarray = run().numpy()
        return result


@functools.cache
def _strategy(threads: int) -> tf.distribute.Strategy:
    """One for the process: TensorFlow joins a cluster once."""
    # A second setting of the same is none; a process that has begun to compute keeps what it has.
    with contextlib.suppress(RuntimeError):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    return tf.distribute.MultiWorkerMirroredStrategy()


def _place(text: str) -> tuple[int, int]:
    """This process's number and how many there are, from `TF_CONFIG`'s text.

    Raises:
        InputError: it is not what TensorFlow expects there, or the process is to be none that trains.
    """
    try:
        setting = json.loads(text)
        cluster, task = setting.get("cluster", {}), setting.get("task", {})
        workers = [
            (kind, index) for kind in ("chief", "worker") for index in range(len(cluster.get(kind, [])))
        ]
        if len(workers) < 2:
            return 0, 1
        return workers.index((task["type"], task["index"])), len(workers)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{_VARIABLE}: expected JSON as "
            '{"cluster": {"worker": ["HOST:PORT", "HOST:PORT"]}, "task": {"type": "worker", "index": 0}}, '
            f"with a task that is in the cluster, received {text[:200]!r}"
        ) from error
