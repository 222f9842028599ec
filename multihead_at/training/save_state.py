"""What to resume from, after every epoch."""

from __future__ import annotations

import tensorflow as tf

from multihead_at.training.callback_logs import Logs
from multihead_at.training.checkpoints import Checkpoints
from multihead_at.training.training_state import TrainingState


class SaveState(tf.keras.callbacks.Callback):
    """Writes the state to resume from; the epoch counts as finished once it is there."""

    def __init__(self, state: TrainingState, checkpoints: Checkpoints) -> None:
        super().__init__()
        self.state = state
        self.checkpoints = checkpoints

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Takes and writes the state."""
        self.state.epoch = epoch
        self.state.capture(self.model)
        self.checkpoints.write(self.state)
