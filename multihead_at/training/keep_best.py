"""The best weights, and the end of phase 1."""

from __future__ import annotations

import os

import tensorflow as tf

from multihead_at.training.callback_logs import Logs
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.weights import save_weights


class KeepBest(tf.keras.callbacks.Callback):
    """Keeps the best epoch's weights, and ends the phase when patience runs out (phase 1)."""

    def __init__(self, stopping: EarlyStopping, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.stopping = stopping
        self.path = path

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Compares the epoch's dev score with the best."""
        if self.stopping.update(epoch, logs["dev_overall"]):
            save_weights(self.path, self.model, phase=1, epoch=epoch)
        logs["best_epoch"] = self.stopping.best_epoch
        if self.stopping.ran_out_at is not None:
            self.model.stop_training = True
