"""The ten published folds of ADE, which come with the package: `ade_folds.txt` says whose they are."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("ade_folds.txt")
_FOLDS = 10


def ade_folds() -> list[list[int]]:
    """The sentences that each fold tests on, as places in the list of all: `[10][any number]`, sorted."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    digits = "".join(line for line in lines if not line.startswith("#"))
    parts: list[list[int]] = [[] for _ in range(_FOLDS)]
    for place, digit in enumerate(digits):
        parts[int(digit)].append(place)
    return parts
