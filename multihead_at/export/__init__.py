"""A trained run as a SavedModel, which runs where there is TensorFlow and nothing else."""

from __future__ import annotations

from multihead_at.export.export_run import export_run

__all__ = ["export_run"]
