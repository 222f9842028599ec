"""The dev scores of a run's first phase."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError

EPOCHS_FILE = "epochs.jsonl"


def read_dev_scores(folder: Path) -> list[float]:
    """Reads the overall dev F1, in percent, of every epoch of phase 1.

    Args:
        folder: a finished run's.

    Returns:
        The figures from epoch 0 on.

    Raises:
        InputError: the file cannot be read, has no epoch of phase 1 or leaves one out, or is damaged.
    """
    path = folder / EPOCHS_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except UnicodeDecodeError:
        raise InputError("expected UTF-8 text, received other bytes", path=path) from None
    scores: list[float] = []
    for number, line in enumerate(lines, 1):
        try:
            figures = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"expected JSON: {error}", path=path, line=number) from None
        if not isinstance(figures, dict) or "phase" not in figures:
            raise InputError("expected the figures of an epoch, received others", path=path, line=number)
        if figures["phase"] == 1:
            if figures.get("epoch") != len(scores):
                message = f"expected epoch {len(scores)} of phase 1, received {figures.get('epoch')!r}"
                raise InputError(message, path=path, line=number)
            if not _is_percentage(figures.get("dev_overall")):
                message = f"dev_overall: expected a percentage, received {figures.get('dev_overall')!r}"
                raise InputError(message, path=path, line=number)
            scores.append(float(figures["dev_overall"]))
    if not scores:
        raise InputError("expected epochs of phase 1, received none", path=path)
    return scores


def _is_percentage(value: Any) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= 100
