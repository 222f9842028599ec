"""Scores after every epoch."""

from __future__ import annotations

import time

import tensorflow as tf

from multihead_at.training.callback_logs import Logs, percentages
from multihead_at.training.scored_split import ScoredSplit


class EpochScores(tf.keras.callbacks.Callback):
    """Predicts and scores a split after every epoch, and adds the figures (percent) to the epoch's logs."""

    def __init__(self, split: ScoredSplit) -> None:
        super().__init__()
        self.split = split
        self.started = 0.0
        self.cpu_started = 0.0

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Starts the clocks."""
        self.started, self.cpu_started = time.monotonic(), time.process_time()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Adds `<split>_entity`, `<split>_relation`, `<split>_overall`, `seconds` and `cpu_seconds`."""
        with self.model.scored_weights():
            scores = self.split.score()
        for name, value in percentages(scores).items():
            logs[f"{self.split.name}_{name}"] = value
        logs["seconds"] = round(time.monotonic() - self.started, 2)
        logs["cpu_seconds"] = round(time.process_time() - self.cpu_started, 2)
