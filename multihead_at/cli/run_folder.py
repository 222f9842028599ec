"""The folder of a run: its name, and whether it may be used."""

from __future__ import annotations

from pathlib import Path

from multihead_at.config import Config
from multihead_at.datasets import NO_FOLD
from multihead_at.errors import InputError
from multihead_at.runs import RunFolder
from multihead_at.runs.model_folder import FLAGS_FILE


def default_run_folder(config: Config) -> Path:
    """`runs/<dataset>-<bio|ec>[-at<alpha>][-fold<n>]-seed<n>`."""
    parts = [config.dataset, config.ner_classes.lower()]
    if config.use_adversarial:
        parts.append(f"at{config.alpha:g}")
    if config.fold != NO_FOLD:
        parts.append(f"fold{config.fold}")
    parts.append(f"seed{config.seed}")
    return Path("runs") / "-".join(parts)


def check_run_folder(folder: Path, *, resume: bool, overwrite: bool) -> None:
    """Refuses a folder that cannot take the run, before anything is loaded.

    Raises:
        InputError: it holds a run and neither `resume` nor `overwrite` says what to do, or both do;
            or it is a file.
    """
    if resume and overwrite:
        raise InputError("--resume and --overwrite contradict each other: leave out one")
    RunFolder(folder).check_free(resume=resume, overwrite=overwrite)


def require_run(folder: Path) -> None:
    """Refuses a folder without a run, before anything is loaded.

    Raises:
        InputError: that.
    """
    if not (folder / FLAGS_FILE).is_file():
        raise InputError(f"expected the folder of a run, with a {FLAGS_FILE}", path=folder)
