"""The figures of every epoch, one JSON object a line."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from multihead_at.documents import open_atomically
from multihead_at.errors import InputError


class EpochLog:
    """`epochs.jsonl` of a run: objects with `phase`, `epoch` and figures.

    Args:
        path: the file; made at the first line.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def append(self, figures: Mapping[str, Any]) -> None:
        """Writes an epoch's line, at once to the disk."""
        try:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps(figures) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError.from_os_error("written", error, self.path) from error

    def read(self) -> list[dict[str, Any]]:
        """All epochs; a last line that a kill cut short is left out.

        Raises:
            InputError: the file cannot be read, or another line is damaged.
        """
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError.from_os_error("read", error, self.path) from error
        epochs = []
        for number, line in enumerate(lines, start=1):
            try:
                epochs.append(_parse(line))
            except (ValueError, RecursionError) as error:
                if number == len(lines):
                    break
                message = f"expected an epoch's figures, received {line[:60]!r}"
                raise InputError(message, path=self.path, line=number) from error
        return epochs

    def cut_after(self, phase: int, epoch: int) -> None:
        """Drops the lines of later epochs, which a resumed run does again."""
        kept = [line for line in self.read() if (line["phase"], line["epoch"]) <= (phase, epoch)]
        with open_atomically(self.path) as file:
            file.write("".join(json.dumps(line) + "\n" for line in kept).encode())


def _parse(line: bytes) -> dict[str, Any]:
    epoch = json.loads(line)
    if not isinstance(epoch, dict) or not all(type(epoch.get(name)) is int for name in ("phase", "epoch")):
        raise ValueError("not an epoch's figures")
    return epoch
