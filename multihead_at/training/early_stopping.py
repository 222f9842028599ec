"""When phase 1 stops, and which epoch was the best (the original's rule)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EarlyStopping:
    """The best dev score so far, starting from 0; a tie counts as an improvement.

    Attributes:
        patience: epochs without an improvement after which training stops.
        best_score: the best score.
        best_epoch: its epoch, counted from 0; None before the first.
        ran_out_at: the epoch at which patience ran out, which the original writes down; else None.
        epochs_without: epochs since the last improvement.
    """

    patience: int
    best_score: float = 0.0
    best_epoch: int | None = None
    ran_out_at: int | None = None
    epochs_without: int = 0

    def update(self, epoch: int, score: float) -> bool:
        """Takes an epoch's score; returns whether it is an improvement."""
        if score >= self.best_score:
            self.best_score, self.best_epoch, self.epochs_without = score, epoch, 0
            return True
        self.epochs_without += 1
        if self.epochs_without >= self.patience and self.ran_out_at is None:
            self.ran_out_at = epoch
        return False
