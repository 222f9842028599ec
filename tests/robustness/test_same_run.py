"""Runs are compared to the bit, clocks apart."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from same_run import differences


def change_json(path: Path, name: str) -> None:
    changed = {**json.loads(path.read_text(encoding="utf-8").splitlines()[-1]), name: 9.0}
    path.write_text(json.dumps(changed) + "\n", encoding="utf-8")


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders that hold the same."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    for name in ("best.npz", "retrained.npz", "state.npz"):
        np.savez(one / name, a=np.array([0.0, 1.0]), b=np.arange(3))
    for name in ("flags.json", "predictions-test.txt", "scores-dev.txt"):
        (one / name).write_text("{}\n", encoding="utf-8")
    figures = json.dumps({"phase": 1, "epoch": 0, "loss": 2.0, "seconds": 1.0}) + "\n"
    (one / "epochs.jsonl").write_text(figures, encoding="utf-8")
    (one / "environment.json").write_text('{"commit": "a"}', encoding="utf-8")
    (one / "result.json").write_text('{"dev": 3, "seconds": 1.0, "cpu_seconds": 1.0}', encoding="utf-8")
    shutil.copytree(one, other)
    return one, other


def test_clocks_and_who_went_on_make_no_difference(runs: tuple[Path, Path]) -> None:
    change_json(runs[1] / "epochs.jsonl", "seconds")
    change_json(runs[1] / "result.json", "cpu_seconds")
    change_json(runs[1] / "environment.json", "resumed")
    assert differences(*runs) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        # Equal numbers, other bits.
        (lambda run: np.savez(run / "best.npz", a=np.array([-0.0, 1.0]), b=np.arange(3)), "best.npz: a"),
        (lambda run: np.savez(run / "state.npz", a=np.array([0.0, 1.0])), "state.npz"),
        (lambda run: (run / "retrained.npz").unlink(), "retrained.npz"),
        (lambda run: (run / "scores-dev.txt").unlink(), "scores-dev.txt"),
        (lambda run: (run / "predictions-test.txt").write_bytes(b"x"), "predictions-test.txt"),
        (lambda run: change_json(run / "epochs.jsonl", "loss"), "epochs.jsonl"),
        (lambda run: change_json(run / "result.json", "dev"), "result.json"),
        (lambda run: change_json(run / "environment.json", "commit"), "environment.json"),
    ],
)
def test_everything_else_does(runs: tuple[Path, Path], change: Callable[[Path], object], found: str) -> None:
    change(runs[1])
    assert differences(*runs) == [found]
