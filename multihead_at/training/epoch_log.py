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
        """All epochs; a last line that a kill cut short is left out."""
        if not self.path.exists():
            return []
        epochs = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                epochs.append(json.loads(line))
            except ValueError:
                break
        return epochs

    def cut_after(self, phase: int, epoch: int) -> None:
        """Drops the lines of later epochs, which a resumed run does again."""
        kept = [line for line in self.read() if (line["phase"], line["epoch"]) <= (phase, epoch)]
        with open_atomically(self.path) as file:
            file.write("".join(json.dumps(line) + "\n" for line in kept).encode())
