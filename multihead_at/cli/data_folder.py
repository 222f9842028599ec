"""The folder of corpora and vectors that a command works with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.datasets import default_data_dir
from multihead_at.errors import InputError


def data_folder(given: Mapping[str, Any], *, may_be_new: bool = False) -> Path:
    """`--data_dir`, else the environment variable's, else `data`.

    Args:
        given: the flags that were given, by name.
        may_be_new: whether `--data_dir` need not be there, as it will be made.

    Raises:
        InputError: `--data_dir` is no folder. The others need not be there: the sample corpus needs none.
    """
    if given.get("data_dir") is None:
        return default_data_dir()
    folder = Path(given["data_dir"])
    if may_be_new and not os.path.lexists(folder):
        return folder
    if not folder.is_dir():
        raise InputError(f"data_dir: expected a folder that is there, received {given['data_dir']!r}")
    return folder
