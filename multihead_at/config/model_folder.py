"""Where the SavedModel of a model's folder lies, and what its settings are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.documents import read_json
from multihead_at.errors import InputError

SAVED_MODEL_FILE = "saved_model.pb"

DESCRIPTION = Path("assets.extra", "model.json")
"""What an exported model is; TensorFlow reads nothing in this folder itself."""


def find_saved_model(model_dir: str | os.PathLike[str]) -> Path | None:
    """The SavedModel in a folder: the folder itself, or its sub-folder of the highest number.

    Returns:
        Its folder; None where there is none.
    """
    folder = Path(model_dir)
    if (folder / SAVED_MODEL_FILE).is_file():
        return folder
    versions = [path for path in folder.glob("*") if path.name.isdecimal()]
    exported = [path for path in versions if (path / SAVED_MODEL_FILE).is_file()]
    return max(exported, key=lambda path: int(path.name), default=None)


def saved_model_settings(folder: Path) -> Mapping[str, Any]:
    """The settings of the run that a SavedModel was made of, by name; `ner_classes` is among them.

    Raises:
        InputError: it was not written by `multihead-at export`.
    """
    message = "expected a SavedModel that multihead-at export wrote"
    try:
        description = read_json(folder / DESCRIPTION)
    except InputError as error:
        raise InputError(f"{message} ({error.message})", path=folder) from None
    settings = description.get("settings") if isinstance(description, dict) else None
    if not isinstance(settings, dict) or settings.get("ner_classes") not in ("BIO", "EC"):
        raise InputError(message, path=folder / DESCRIPTION)
    return settings
