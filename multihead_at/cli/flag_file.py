"""The flag files that come with the package: one for each configuration."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

from multihead_at.cli.flag_parsing import parse_flags
from multihead_at.cli.train_flags import TRAIN_FLAGS
from multihead_at.config import Config
from multihead_at.datasets import flags_dir
from multihead_at.errors import InputError


def known_datasets() -> list[str]:
    """The datasets that have a flag file, sorted."""
    return sorted(path.name[: -len("_bio.flags")] for path in flags_dir().glob("*_bio.flags"))


def flag_file(dataset: str, *, entity_classes: bool, adversarial: bool) -> Path:
    """The flag file of a configuration; the one for BIO tags where a dataset has none for entity classes.

    Args:
        dataset: one of `known_datasets()`.
        entity_classes: EC in place of BIO.
        adversarial: with AT.
    """
    suffix = "_at.flags" if adversarial else ".flags"
    if entity_classes:
        path = flags_dir() / f"{dataset}_ec{suffix}"
        if path.is_file():
            return path
    return flags_dir() / f"{dataset}_bio{suffix}"


def read_flag_file(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Reads a flag file just as `--flagfile` does.

    Returns:
        The settings of `Config` that it has, by name.

    Raises:
        InputError: the file cannot be read, or has a line that is no flag.
    """
    try:
        Path(path).read_bytes()
        given = parse_flags([f"--flagfile={os.path.abspath(path)}"], TRAIN_FLAGS)
    except OSError as error:
        raise InputError.from_os_error("read", error, path) from error
    except InputError as error:
        raise InputError(error.message, path=path) from None
    settings = {field.name for field in dataclasses.fields(Config)}
    return {name: value for name, value in given.items() if name in settings}
