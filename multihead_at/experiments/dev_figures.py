"""What a training tells of a setting that it tries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from multihead_at.errors import InputError
from multihead_at.experiments.training import Training

_NAMES = ("entity_f1", "relation_f1", "overall_f1", "epoch")


def dev_figures(training: Training, result: Mapping[str, Any]) -> dict[str, Any]:
    """The name of its run and its figures on dev (F1 in percent, epoch).

    Args:
        training: what was trained.
        result: what its `result.json` holds.

    Raises:
        InputError: it has no overall F1 on dev.
    """
    dev = result.get("dev")
    if not isinstance(dev, Mapping) or not isinstance(dev.get("overall_f1"), (int, float)):
        raise InputError(f"{training.key}: result.json has no overall F1 on dev to choose by")
    return {"run": training.name, **{name: dev[name] for name in _NAMES if name in dev}}
