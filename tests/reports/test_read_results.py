from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from multihead_at.errors import InputError
from multihead_at.reports.read_results import read_results

AddRun = Callable[..., Path]


def test_finished_runs_in_the_order_of_their_names(results: Path, add_run: AddRun) -> None:
    add_run("b", seed=2)
    add_run("a")
    add_run("c", dataset="ade")
    add_run("tuning", protocol="dev_only", test=None)
    add_run(".copying-d", seed=3)
    (results / "conll04" / "unfinished").mkdir()
    assert [result.folder.name for result in read_results(results)] == ["c", "a", "b"]


def test_no_folder_and_no_run_are_refused(results: Path) -> None:
    with pytest.raises(InputError, match=r"results: expected finished runs, as <dataset>/<run>/result\.json"):
        read_results(results)
    with pytest.raises(InputError, match="nowhere: expected the folder of results"):
        read_results(results / "nowhere")


def test_the_same_run_in_two_folders_is_refused(results: Path, add_run: AddRun) -> None:
    add_run("one")
    add_run("two")
    with pytest.raises(InputError) as refused:
        read_results(results)
    conll04 = results / "conll04"
    assert str(refused.value) == f"{conll04 / 'two'}: the same run as {conll04 / 'one'}: expected each once"


def test_text_that_is_no_json_is_refused(results: Path, add_run: AddRun) -> None:
    path = add_run("run") / "result.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"run/result.json: expected JSON: "):
        read_results(results)
