"""One worker's scores for all."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from multihead_at.training.callback_logs import Logs
from multihead_at.training.workers import Workers


class ChiefScores(tf.keras.callbacks.Callback):
    """Puts the chief's scores in the place of every worker's, so that all stop after the same epoch.

    Another kind of processor may round otherwise. Follows `EpochScores`.

    Args:
        workers: all.
        split: "dev" or "test".
    """

    def __init__(self, workers: Workers, split: str) -> None:
        super().__init__()
        self.workers = workers
        self.split = split

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Exchanges the scores."""
        names = [name for name in logs if name.startswith(f"{self.split}_")]
        scores = self.workers.of_chief(np.array([logs[name] for name in names], np.float64))
        logs.update(zip(names, scores.tolist()))
