"""The files that record what was chosen on dev."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.experiments.trial import Trial
from multihead_at.files import read_json, write_json


def alpha_record(tag_set: str, tried: Sequence[str], epochs: int | None) -> str:
    """The name of the file for an alpha.

    Args:
        tag_set: `BIO` or `EC`.
        tried: the settings that were chosen for the row before.
        epochs: to which each phase was cut; None: it was not.
    """
    return _name("alpha", "+".join((tag_set.lower(), *tried)), epochs=epochs)


def trial_record(trial: Trial) -> str:
    """The name of the file for the settings that were tried."""
    return _name("tried", trial.row.stem, *trial.names, epochs=trial.trainings[0].epochs)


def _name(*parts: str, epochs: int | None) -> str:
    cut = () if epochs is None else (f"epochs{epochs}",)
    return f"{'-'.join((*parts, *cut))}.json"


def write_record(path: Path, data: Mapping[str, Any]) -> bool:
    """Writes a choice down.

    Returns:
        Whether it did not stand there already.

    Raises:
        InputError: it cannot be written.
    """
    if path.exists() and read_json(path) == data:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError.from_os_error("written", error, path) from error
    write_json(path, data)
    return True
