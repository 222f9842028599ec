"""Training: phases and protocols."""

from __future__ import annotations

from multihead_at.training.evaluate_run import evaluate_run
from multihead_at.training.train_run import train_run
from multihead_at.training.trained_run import TrainedRun

__all__ = ["TrainedRun", "evaluate_run", "train_run"]
