"""What somebody who waits wants to see."""

from __future__ import annotations

from typing import TextIO

import tensorflow as tf
from tqdm import tqdm

from multihead_at.training.callback_logs import Logs


class Progress(tf.keras.callbacks.Callback):
    """One line an epoch, and below it, on a terminal, a bar over all steps of the phase."""

    def __init__(self, phase: int, split: str, steps: int, epochs: range, console: TextIO) -> None:
        super().__init__()
        self.phase = phase
        self.split = split
        self.console = console
        self.steps = steps
        self.before = 0
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

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Notes how many steps come before the epoch."""
        self.before = epoch * self.steps

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Moves the bar to a step, from where it was: several steps are done at once."""
        self.bar.update(self.before + batch + 1 - self.bar.n)

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
