"""Where the SavedModel of a model's folder lies, what its settings are, and whether it is whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.files import file_sha256, read_json

FLAGS_FILE = "flags.json"
"""The settings of a run, written first; a folder that has it holds a run."""

SAVED_MODEL_FILE = "saved_model.pb"

DESCRIPTION = Path("assets.extra", "model.json")
"""What an exported model is; TensorFlow reads nothing in this folder itself."""

KIND = "SavedModel"
"""What the description says that it is."""


def find_saved_model(model_dir: str | os.PathLike[str]) -> Path | None:
    """The SavedModel in a folder: the folder itself, or its sub-folder of the highest number.

    Returns:
        Its folder; None where there is none, or where the folder is a run's: a run goes by its weights.
    """
    folder = Path(model_dir)
    if (folder / FLAGS_FILE).is_file():
        return None
    if (folder / SAVED_MODEL_FILE).is_file():
        return folder
    versions = [path for path in folder.glob("*") if path.name.isdecimal()]
    exported = [path for path in versions if (path / SAVED_MODEL_FILE).is_file()]
    return max(exported, key=lambda path: int(path.name), default=None)


def require_model(model_dir: str | os.PathLike[str]) -> None:
    """Refuses a folder that holds neither a run nor a SavedModel.

    Raises:
        InputError: that.
    """
    if not (Path(model_dir) / FLAGS_FILE).is_file() and find_saved_model(model_dir) is None:
        raise InputError(
            f"expected the folder of a run, with a {FLAGS_FILE}, or of a SavedModel", path=model_dir
        )


def saved_model_settings(folder: Path) -> Mapping[str, Any]:
    """The settings of the run that a SavedModel was made of, by name; `ner_classes` is among them.

    Raises:
        InputError: it was not written by `multihead-at export`.
    """
    message = "expected a SavedModel that multihead-at export wrote"
    try:
        description = read_json(folder / DESCRIPTION, kind=KIND)
    except InputError as error:
        raise InputError(f"{message} ({error.message})", path=folder) from None
    settings = description.get("settings") if isinstance(description, dict) else None
    if not isinstance(settings, dict) or settings.get("ner_classes") not in ("BIO", "EC"):
        raise InputError(message, path=folder / DESCRIPTION)
    return settings


def saved_model_threshold(folder: Path) -> float | None:
    """The threshold that a SavedModel was exported with; None where its description has none.

    Raises:
        InputError: there is no description, or the threshold is no probability.
    """
    threshold = read_json(folder / DESCRIPTION, kind=KIND).get("threshold")
    if threshold is not None and not (type(threshold) in (int, float) and 0 <= threshold <= 1):
        raise InputError(
            f"threshold {threshold!r:.60} received, expected a number from 0 to 1", path=folder / DESCRIPTION
        )
    return threshold


def file_checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a SavedModel but its description, by its path there.

    Raises:
        InputError: a file cannot be read.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / DESCRIPTION]
    try:
        return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
    except OSError as error:
        raise InputError.from_os_error("read", error, error.filename or folder) from error


def check_saved_model(folder: Path) -> None:
    """Compares a SavedModel's files with the checksums that were written with them.

    Raises:
        InputError: a file is missing, cannot be read, or is not the one that was written.
    """
    expected = read_json(folder / DESCRIPTION, kind=KIND).get("files")
    if not isinstance(expected, dict):
        return  # Written before there were checksums.
    for name, received in file_checksums(folder).items():
        if expected.pop(name, None) != received:
            raise InputError(
                "damaged SavedModel received: expected the file of its checksum", path=folder / name
            )
    if expected:
        raise InputError(
            "damaged SavedModel received: expected this file, found none", path=folder / next(iter(expected))
        )
