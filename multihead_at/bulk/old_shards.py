"""Shards that an earlier run has left, which would be taken for results of the next one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from multihead_at.errors import InputError

SHARD_ENDING = ".jsonl"


class OldShards:
    """An earlier run's shards: with another number of shards they would stay beside the new ones.

    Args:
        prefixes: what their names begin with, as `run_pipeline` takes it; only of local files it is known
            what is there.
        overwrite: whether they may be replaced.
        inputs: files that must stay.

    Raises:
        InputError: there are some and `overwrite` is not said, or one is an input.
    """

    def __init__(self, prefixes: Sequence[str], *, overwrite: bool, inputs: Iterable[str] = ()) -> None:
        shards = _replaceable(prefixes, overwrite=overwrite, inputs=inputs)
        self._written = {shard: _when(shard) for shard in shards}

    def remove(self) -> None:
        """Removes those that no new one has taken the place of.

        Raises:
            InputError: one cannot be removed.
        """
        for shard, when in self._written.items():
            try:
                if _when(shard) == when:
                    shard.unlink()
            except OSError as error:
                raise InputError.from_os_error("removed", error, shard) from error


def _when(shard: Path) -> tuple[int, int] | None:
    """What changes when a file is written anew; None where there is none."""
    if not shard.exists():
        return None
    status = shard.stat()
    return status.st_ino, status.st_mtime_ns


def _replaceable(prefixes: Sequence[str], *, overwrite: bool, inputs: Iterable[str]) -> list[Path]:
    shards = [shard for prefix in prefixes if "://" not in prefix for shard in _shards(prefix)]
    kept = {os.path.realpath(path) for path in inputs}
    for shard in shards:
        if not overwrite:
            message = (
                "exists already: --overwrite replaces it and the other shards, another prefix keeps them"
            )
            raise InputError(message, path=shard)
        if os.path.realpath(shard) in kept:
            raise InputError("expected other files to read than those to be written", path=shard)
    return shards


def _shards(prefix: str) -> list[Path]:
    folder, name = os.path.split(prefix)
    shard = re.compile(rf"{re.escape(name)}-[0-9]{{5,}}-of-[0-9]{{5,}}{re.escape(SHARD_ENDING)}")
    if not os.path.isdir(folder or "."):
        return []
    return sorted(path for path in Path(folder).iterdir() if shard.fullmatch(path.name))
