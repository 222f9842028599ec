"""The figures of every epoch, one JSON object a line."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multihead_at.errors import InputError
from multihead_at.files import open_atomically


class EpochLog:
    """`epochs.jsonl` of a run: objects with `phase`, `epoch` and figures, those of phase 1 first.

    Args:
        path: the file; made at the first line.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def append(self, figures: Mapping[str, Any]) -> None:
        """Writes an epoch's line, at once to the disk.

        Raises:
            InputError: it cannot be written.
        """
        try:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps(figures) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError.from_os_error("written", error, self.path) from error

    def read(self) -> list[dict[str, Any]]:
        """All epochs, one for each line; a last line without its end, which a kill cut short, is left out.

        Raises:
            InputError: the file cannot be read, or a line is damaged.
        """
        return self._parse_lines() if self.path.exists() else []

    def _parse_lines(self) -> list[dict[str, Any]]:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError as error:
            raise InputError.from_os_error("read", error, self.path) from error
        epochs = []
        for number, line in enumerate(lines[:-1], start=1):
            try:
                epochs.append(_parse(line))
            except (ValueError, RecursionError) as error:
                message = f"expected an epoch's figures, received {line[:60]!r}"
                raise InputError(message, path=self.path, line=number) from error
        return epochs

    def read_phase_one(self, figures: Sequence[str]) -> list[tuple[float, ...]]:
        """Some figures of every epoch of phase 1, which is the one that dev is scored in.

        Args:
            figures: their names.

        Returns:
            `[epochs][figures]`, from epoch 0 on.

        Raises:
            InputError: as `read`; or there is no file or no epoch of phase 1, one is left out, or a figure is
                no number.
        """
        rows: list[tuple[float, ...]] = []
        for number, line in enumerate(self._parse_lines(), start=1):
            if line["phase"] != 1:
                continue
            if line["epoch"] != len(rows):
                message = f"expected epoch {len(rows)} of phase 1, received {line['epoch']}"
                raise InputError(message, path=self.path, line=number)
            try:
                rows.append(tuple(_number(name, line.get(name)) for name in figures))
            except (ValueError, OverflowError) as error:
                raise InputError(str(error), path=self.path, line=number) from None
        if not rows:
            raise InputError("expected epochs of phase 1, received none", path=self.path)
        return rows

    def cut_after(self, phase: int, epoch: int) -> None:
        """Drops the lines of later epochs, which a resumed run does again.

        Raises:
            InputError: the file cannot be read or written, or is damaged.
        """
        kept = [line for line in self.read() if (line["phase"], line["epoch"]) <= (phase, epoch)]
        with open_atomically(self.path) as file:
            file.write("".join(json.dumps(line) + "\n" for line in kept).encode())


def _parse(line: bytes) -> dict[str, Any]:
    epoch = json.loads(line)
    if not isinstance(epoch, dict) or not all(type(epoch.get(name)) is int for name in ("phase", "epoch")):
        raise ValueError("not an epoch's figures")
    return epoch


def _number(name: str, value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError(f"{name}: expected a number, received {value!r:.60}")
    return float(value)
