"""The Keras callbacks of a training phase, in the order in which they run after an epoch."""

from __future__ import annotations

import time
from typing import Any, TextIO

import tensorflow as tf
from tqdm import tqdm

from multihead_at.scoring import Scores
from multihead_at.training.early_stopping import EarlyStopping
from multihead_at.training.epoch_log import EpochLog
from multihead_at.training.scored_split import ScoredSplit
from multihead_at.training.training_state import TrainingState
from multihead_at.training.weights import save_weights

Logs = dict[str, Any]


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
        scores = self.split.score()
        for name, value in percentages(scores).items():
            logs[f"{self.split.name}_{name}"] = value
        logs["seconds"] = round(time.monotonic() - self.started, 2)
        logs["cpu_seconds"] = round(time.process_time() - self.cpu_started, 2)


class KeepBest(tf.keras.callbacks.Callback):
    """Keeps the best epoch's weights, and ends the phase when patience runs out (phase 1)."""

    def __init__(self, stopping: EarlyStopping, path: Any) -> None:
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


class WriteLog(tf.keras.callbacks.Callback):
    """Writes the epoch's line of `epochs.jsonl`."""

    def __init__(self, log: EpochLog, phase: int) -> None:
        super().__init__()
        self.log = log
        self.phase = phase

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Appends the line."""
        self.log.append({"phase": self.phase, "epoch": epoch, **logs})


class SaveState(tf.keras.callbacks.Callback):
    """Writes the state to resume from; the epoch counts as finished once it is there."""

    def __init__(self, state: TrainingState, path: Any) -> None:
        super().__init__()
        self.state = state
        self.path = path

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Takes and writes the state."""
        self.state.epoch = epoch
        self.state.capture(self.model)
        self.state.write(self.path)


class Progress(tf.keras.callbacks.Callback):
    """One line an epoch, and below it, on a terminal, a bar over all steps of the phase."""

    def __init__(self, phase: int, split: str, steps: int, epochs: range, console: TextIO) -> None:
        super().__init__()
        self.phase = phase
        self.split = split
        self.console = console
        total, done = steps * epochs.stop, steps * epochs.start
        self.bar = tqdm(
            total=total,
            initial=done,
            desc=f"phase {phase}",
            unit="step",
            file=console,
            disable=None,
            leave=False,
            dynamic_ncols=True,
        )

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Moves the bar."""
        self.bar.update()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Prints the epoch's line."""
        figures = " / ".join(
            f"{logs[f'{self.split}_{name}']:.2f}" for name in ("entity", "relation", "overall")
        )
        best = f", best {logs['best_epoch']}" if "best_epoch" in logs else ""
        self.bar.write(
            f"phase {self.phase} epoch {epoch}: loss {logs['loss']:.3f}, {self.split} {figures}{best}, "
            f"{logs['seconds']:.1f} s",
            file=self.console,
        )
        self.console.flush()

    def on_train_end(self, logs: Logs | None = None) -> None:
        """Takes the bar away."""
        self.bar.close()


def percentages(scores: Scores) -> dict[str, float]:
    """Entity, relation and overall F1 in percent, unrounded so that ties are real ties."""
    return {
        "entity": 100 * scores.entity_f1,
        "relation": 100 * scores.relation_f1,
        "overall": 100 * scores.overall_f1,
    }
