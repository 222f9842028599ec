"""A line of figures for every epoch."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.runs import EpochLog
from multihead_at.training.callback_logs import Logs


class WriteLog(tf.keras.callbacks.Callback):
    """Writes the epoch's line of `epochs.jsonl`."""

    def __init__(self, log: EpochLog, phase: int) -> None:
        super().__init__()
        self.log = log
        self.phase = phase

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Appends the line."""
        self.log.append({"phase": self.phase, "epoch": epoch, **logs})
