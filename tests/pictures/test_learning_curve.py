from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from multihead_at.errors import InputError
from multihead_at.pictures.learning_curve import LearningCurve


def line(epoch: int, overall: float, phase: int = 1, **more: Any) -> str:
    figures = {"dev_overall": overall, "dev_entity": 1.0, "dev_relation": 2.0, "loss": 3.0}
    return json.dumps({"phase": phase, "epoch": epoch, **figures, **more})


def written(folder: Path, *lines: str, end: str = "\n") -> Path:
    (folder / "epochs.jsonl").write_text("\n".join(lines) + end, encoding="utf-8")
    return folder


def test_the_epochs_of_phase_1(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0, 10.0), line(1, 20.0, loss=1), line(0, 90.0, phase=2))
    assert LearningCurve.read(folder, "a") == LearningCurve(
        "a", (10.0, 20.0), (1.0, 1.0), (2.0, 2.0), (3.0, 1.0)
    )


def test_of_several_best_epochs_the_last_as_in_training(tmp_path: Path) -> None:
    curve = LearningCurve.read(written(tmp_path, line(0, 5.0), line(1, 7.0), line(2, 7.0), line(3, 6.0)), "a")
    assert curve.best_epoch == 2


def test_a_last_line_that_a_kill_cut_short_is_left_out(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0, 5.0), line(1, 7.0)[:20], end="")
    assert LearningCurve.read(folder, "a").overall == (5.0,)


def test_what_is_no_epoch_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"epochs\.jsonl:2: loss: expected a number, received None"):
        LearningCurve.read(written(tmp_path, line(0, 5.0), line(1, 5.0, loss=None)), "a")


def test_no_epochs_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        LearningCurve.read(tmp_path, "a")
