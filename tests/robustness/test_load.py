"""Calls of a model from several threads, in short; `load.py` itself calls it for 5 minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import load
from load import same

COMMAND = Path(__file__).with_name("load.py")
ANSWER = {"entity_types": np.array([[b"Loc"]], object), "entity_probabilities": np.array([[0.5]], "f4")}


@pytest.mark.long
def test_no_answer_to_several_threads_is_wrong(bio_saved_model: Path) -> None:
    flags = [f"--model={bio_saved_model / '1'}", "--seconds=3", "--threads=4"]
    ended = subprocess.run([sys.executable, str(COMMAND), *flags], capture_output=True, text=True)
    # Three seconds are no time to judge the memory by: its figure, and with it the status, is left aside.
    (line,) = (line for line in ended.stdout.splitlines() if line.startswith("4 threads"))
    assert line.endswith(" sentences, 0 wrong answers, 0 errors"), ended.stdout + ended.stderr
    assert " 0 calls" not in line


def test_a_model_that_finds_nothing_shows_nothing(
    bio_saved_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = {"entity_counts": np.zeros(1, np.int32)}
    monkeypatch.setattr(load, "call", lambda *_: empty)
    with pytest.raises(SystemExit, match="expected a model that finds entities"):
        load.run(bio_saved_model / "1", seconds=1.0, threads=1, seed=1)


@pytest.mark.parametrize(("end", "status"), [(1019.0, 0), (1021.0, 1)])
def test_memory_may_grow_by_two_percent(end: float, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    calls = [load.Calls(calls=1, sentences=1)]
    assert load._report(calls, [1000.0, 1000.0, end], 1.0) == status


def test_equal_answers_are_the_same() -> None:
    assert same(ANSWER, {**ANSWER, "entity_probabilities": np.array([[0.500001]], "f4")})


@pytest.mark.parametrize(
    "other",
    [
        {**ANSWER, "entity_types": np.array([[b"Org"]], object)},
        {**ANSWER, "entity_types": np.array([[b"Loc", b""]], object)},
        {**ANSWER, "entity_probabilities": np.array([[0.501]], "f4")},
        {**ANSWER, "entity_probabilities": np.array([[0.5]], "f8")},
        {**ANSWER, "more": np.zeros(1)},
    ],
)
def test_others_are_not(other: dict[str, np.ndarray]) -> None:
    assert not same(ANSWER, other)
