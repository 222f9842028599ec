"""What a run leaves behind: its folder and the files in it, read and written without a model."""

from __future__ import annotations

from multihead_at.runs.epoch_log import EpochLog
from multihead_at.runs.run_data import RunData
from multihead_at.runs.run_folder import RunFolder

__all__ = ["EpochLog", "RunData", "RunFolder"]
