"""Whether two runs ended the same, to the bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from multihead_at.files import read_json

_ARRAYS = ("best.npz", "retrained.npz", "state.npz")
_BYTES = (
    "flags.json",
    "vocabularies.json",
    "predictions-dev.txt",
    "predictions-test.txt",
    "scores-dev.txt",
    "scores-test.txt",
    "counts-test.csv",
)
_CLOCKS = {"seconds", "cpu_seconds"}


def differences(one: Path, other: Path) -> list[str]:
    """What is different in two run folders, clocks apart.

    Compared are weights, optimizer, averages and stopping decisions (in `state.npz`), the figures of every
    epoch, predictions, tables, and the result.

    Args:
        one: a run's folder.
        other: another's.
    """
    found = []
    for name in _ARRAYS:
        found += _different_arrays(one / name, other / name)
    if _begun_with(one) != _begun_with(other):
        found.append("environment.json")
    for name in _BYTES:
        if _content(one / name) != _content(other / name):
            found.append(name)
    if _without_clocks(_lines(one)) != _without_clocks(_lines(other)):
        found.append("epochs.jsonl")
    first, second = (read_json(run / "result.json") for run in (one, other))
    if _without_clocks([first]) != _without_clocks([second]):
        found.append("result.json")
    return found


def _different_arrays(one: Path, other: Path) -> list[str]:
    if not (one.is_file() and other.is_file()):
        return [] if one.is_file() == other.is_file() else [one.name]
    with np.load(one, allow_pickle=False) as ours, np.load(other, allow_pickle=False) as theirs:
        if set(ours.files) != set(theirs.files):
            return [one.name]
        return [
            f"{one.name}: {name}" for name in ours.files if ours[name].tobytes() != theirs[name].tobytes()
        ]


def _begun_with(run: Path) -> dict[str, Any] | None:
    """What the run began with; not who went on with it."""
    path = run / "environment.json"
    if not path.is_file():
        return None
    return {name: value for name, value in read_json(path).items() if name != "resumed"}


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lines(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "epochs.jsonl").read_text(encoding="utf-8").splitlines()]


def _without_clocks(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name not in _CLOCKS} for one in objects]
