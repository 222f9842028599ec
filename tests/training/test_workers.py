"""Two processes on this machine that train together, against one with the joined batches."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from multihead_at.config import Config
from multihead_at.errors import InputError
from multihead_at.runs import EpochLog
from multihead_at.training.workers import Workers
from tests.free_addresses import free_addresses
from tests.training.train_together import TRAININGS, train

CHECKOUT = Path(__file__).resolve().parents[2]
FIRST, *OTHERS = TRAININGS


def _start(folder: Path, name: str, count: int) -> Iterator[subprocess.Popen[str]]:
    cluster = {"worker": free_addresses(count)}
    for number in range(count):
        setting = {"cluster": cluster, "task": {"type": "worker", "index": number}}
        yield subprocess.Popen(
            [sys.executable, "-m", "tests.training.train_together", folder, name],
            cwd=CHECKOUT,
            env={**os.environ, "TF_CONFIG": json.dumps(setting), "TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def _without_clocks(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if not name.endswith("seconds")}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[Any]]]:
    """The chief's folder and what both workers print."""
    return _train_together(tmp_path_factory.mktemp("together"), FIRST)


def _train_together(folder: Path, name: str) -> tuple[Path, list[list[Any]]]:
    processes = list(_start(folder, name, 2))
    try:
        done = [process.communicate(timeout=300) for process in processes]
    finally:
        for process in processes:
            process.kill()
    assert [(process.returncode, error) for process, (_, error) in zip(processes, done)] == 2 * [(0, "")]
    return folder, [[json.loads(line) for line in output.splitlines()] for output, _ in done]


def test_losses_scores_and_weights_are_those_of_the_joined_batch(
    together: tuple[Path, list[list[Any]]], tmp_path: Path
) -> None:
    train(FIRST, tmp_path)
    check_same(together[0] / FIRST, tmp_path / FIRST)


@pytest.mark.long
@pytest.mark.parametrize("name", OTHERS)
def test_those_of_other_settings_are(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "together"
    folder.mkdir()
    _train_together(folder, name)
    train(name, tmp_path)
    check_same(folder / name, tmp_path / name)


def check_same(together: Path, alone: Path) -> None:
    """Epochs and files of two trainings."""
    joined = EpochLog(alone / "epochs.jsonl").read()
    shared = EpochLog(together / "epochs.jsonl").read()
    assert len(shared) == len(joined)
    for one, other in zip(shared, joined):
        figures = {figure for figure in other if not figure.endswith("seconds")}
        for figure in figures:
            assert one[figure] == pytest.approx(other[figure], rel=1e-5), figure
    for file in [path.name for path in alone.glob("*.npz")]:
        with np.load(together / file) as one, np.load(alone / file) as other:
            for key in other.files:
                if other[key].dtype.kind == "f":
                    np.testing.assert_allclose(one[key], other[key], rtol=1e-4, atol=1e-6, err_msg=key)


def test_all_workers_have_the_same_results_and_the_chief_alone_leaves_files(
    together: tuple[Path, list[list[Any]]],
) -> None:
    folder, (chief, other) = together
    assert [_without_clocks(result) for result in chief[:-1]] == [
        _without_clocks(result) for result in other[:-1]
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted([FIRST, "other"])


def test_a_resumed_run_is_the_uninterrupted_one(together: tuple[Path, list[list[Any]]]) -> None:
    _, outputs = together
    for *_, last, resumed, _ in outputs:
        assert _without_clocks(resumed) == _without_clocks(last)


def test_other_settings_on_one_machine_are_refused_by_all(together: tuple[Path, list[list[Any]]]) -> None:
    _, outputs = together
    for output in outputs:
        assert "received other learning_rate and seed on worker 1 than on worker 0" in output[-1]


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "{}",
        '{"cluster": {}, "task": {"type": "worker", "index": 0}}',
        '{"cluster": {"chief": ["localhost:1"]}, "task": {"type": "chief", "index": 0}}',
    ],
)
def test_a_machine_alone_trains_alone(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("TF_CONFIG", setting)
    assert Workers.from_environment(Config()) is None


def test_the_setting_that_the_documentation_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = re.findall(r"export TF_CONFIG='(.+)'", (CHECKOUT / "docs" / "scaling.md").read_text("utf-8"))
    monkeypatch.setenv("TF_CONFIG", shown)
    with pytest.raises(InputError, match="with 2 workers"):
        Workers.from_environment(Config())


TWO = '{"cluster": {"worker": ["localhost:1", "localhost:2"]}, '


@pytest.mark.parametrize(
    "setting",
    [
        "no JSON",
        "[]",
        '{"cluster": 1}',
        TWO + '"task": {}}',
        TWO + '"task": {"type": "worker", "index": 2}}',
        TWO + '"task": {"type": "ps", "index": 0}}',
    ],
)
def test_a_setting_that_tensorflow_would_not_understand(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("TF_CONFIG", setting)
    with pytest.raises(InputError, match=r"TF_CONFIG: expected JSON as .* received"):
        Workers.from_environment(Config(batch_size=2))


def test_each_worker_needs_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CONFIG", TWO + '"task": {"type": "worker", "index": 0}}')
    with pytest.raises(InputError, match="batch_size: received 1 with 2 workers"):
        Workers.from_environment(Config())
