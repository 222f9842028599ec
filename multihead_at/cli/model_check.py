"""What commands that use a model check before anything is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.files import read_json
from multihead_at.runs.model_folder import (
    FLAGS_FILE,
    find_saved_model,
    require_model,
    saved_model_settings,
)

_WITH_BOUNDARIES = {"jsonl": "--input=jsonl (with entities)", "columns": "--input=columns"}


def check_model(model_dir: str | os.PathLike[str], form: str, forms: Sequence[str]) -> None:
    """Refuses a folder without a model, and a model that cannot take the input.

    Args:
        model_dir: the folder of a run or of a SavedModel.
        form: of the input.
        forms: all that the command knows.

    Raises:
        InputError: there is no model, its settings are damaged, or it was trained with EC and the form has no
            boundaries of entities.
    """
    if _settings(Path(model_dir)).get("ner_classes") == "EC" and form not in _WITH_BOUNDARIES:
        wanted = " or ".join(_WITH_BOUNDARIES[name] for name in forms if name in _WITH_BOUNDARIES)
        raise InputError(
            f"this model was trained with EC: it needs the boundaries of entities, which --input={form} does "
            f"not have; expected {wanted}",
            path=model_dir,
        )


def check_threshold(given: Mapping[str, Any]) -> None:
    """Refuses a flag `threshold` that is no probability.

    Raises:
        InputError: that.
    """
    if not 0 <= given.get("threshold", 0.5) <= 1:
        raise InputError(f"threshold: expected a number from 0 to 1, received {given['threshold']!r}")


def _settings(folder: Path) -> Mapping[str, Any]:
    """The settings of a run, or of the run that a SavedModel was made of."""
    require_model(folder)
    saved_model = find_saved_model(folder)
    return read_json(folder / FLAGS_FILE) if saved_model is None else saved_model_settings(saved_model)
