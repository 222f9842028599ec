"""`run_all.sh` from the beginning to the tables, over the sample corpus cut down."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.checkout_copy import write_environment

_CHECKOUT = Path(__file__).resolve().parent.parent
# In the last column of what the rows were made with.
_TIME = re.compile(r"\d+ (?:min|s)(?: \d+ s)?(?= (?:\||\\\\))")
# Three times what they are to take on two cores that have nothing else to do: others may be slower.
_LIMIT_OF_CUT_RUN, _LIMIT_OF_WHOLE_RUN = 360.0, 1800.0  # seconds


CUT = ("--dataset=sample", "--folds=2", "--epochs=2")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the script needs of the checkout, in a folder of its own, with this environment as `.venv`."""
    folder = tmp_path / "a checkout"
    (folder / "scripts").mkdir(parents=True)
    for name in ("run_all.sh", "scripts/environment.sh", "setup.py"):
        shutil.copy2(_CHECKOUT / name, folder / name)
    shutil.copytree(_CHECKOUT / "requirements", folder / "requirements")
    write_environment(folder)
    return folder


def _start(checkout: Path, *flags: str, folder: Path | None = None) -> subprocess.Popen[str]:
    """Starts the script from a folder, that of the checkout where none is named."""
    return subprocess.Popen(
        [checkout / "run_all.sh", *flags],
        cwd=folder or checkout,
        env={**os.environ, "MULTIHEAD_AT_CACHE_DIR": str(checkout / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _run_on_two_cores(checkout: Path, *flags: str) -> tuple[str, float]:
    """The output, and the seconds that it takes where nothing else is at work: half of its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = _start(checkout, *flags, "--jobs=2")
    output, _ = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, output
    return output, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 2


def _run(checkout: Path, *flags: str) -> str:
    process = _start(checkout, *flags)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    return output


def _kill_in_the_second_training(checkout: Path, *flags: str) -> str:
    """Ends the script, and returns the name of the training that it was at."""
    process = _start(checkout, *flags, "--jobs=1")
    while True:
        logs = sorted(checkout.glob("runs/*/*/epochs.jsonl"), key=lambda log: log.stat().st_ctime_ns)
        if len(logs) == 2:
            break
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return logs[-1].parent.name.partition("-")[2]


def _tables(folder: Path) -> dict[str, str]:
    """The table in its three forms, without times."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("table1.*"))}
    return {name: _TIME.sub("TIME", text) for name, text in texts.items()}


def test_a_dry_run_trains_and_reports_nothing(checkout: Path) -> None:
    process = _start(checkout, "--dataset=sample", "--dry_run")
    output, _ = process.communicate()
    assert process.returncode == 0
    assert re.search(r"^14 of 14 trainings to do, ", output, re.MULTILINE)
    assert not (checkout / "results").exists() and not (checkout / "runs").exists()


@pytest.mark.parametrize("flag", [("--data_dir=data",), ("--data_dir", "data"), ()], ids=repr)
def test_paths_are_meant_from_where_the_user_stands(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flag: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MULTIHEAD_AT_DATA_DIR", "elsewhere" if flag else "data")
    (tmp_path / "user" / "data" / "drec").mkdir(parents=True)
    process = _start(checkout, "--only=drec/bio-fast", "--dry_run", *flag, folder=tmp_path / "user")
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert f"{tmp_path / 'user' / 'data' / 'drec' / 'train.tsv'} (in any case)" in output


def test_without_corpora_there_is_one_message_and_no_report(checkout: Path, tmp_path: Path) -> None:
    process = _start(checkout, f"--data_dir={tmp_path}")
    output, _ = process.communicate()
    assert process.returncode == 2
    assert output.startswith("multihead-at: error: nothing can be trained: ") and output.count("\n") == 1


def test_killed_in_the_middle_it_ends_in_the_tables_of_an_uninterrupted_training(checkout: Path) -> None:
    killed = _kill_in_the_second_training(checkout, *CUT)
    output, seconds = _run_on_two_cores(checkout, *CUT)
    results = checkout / "runs" / "sample-results"
    assert f"12 of 12 trainings are finished: {results.relative_to(checkout)}" in output
    assert seconds < _LIMIT_OF_CUT_RUN
    tables = _tables(results)
    assert sorted(tables) == ["table1.csv", "table1.md", "table1.tex"]
    assert not (checkout / "results").exists()

    shutil.rmtree(results / "sample" / killed)
    shutil.rmtree(checkout / "runs" / "experiments" / f"sample-{killed}")
    output = _run(checkout, *CUT)
    assert "12 trainings: 11 finished already, 1 to do" in output
    assert _tables(results) == tables


@pytest.mark.long
def test_killed_in_the_middle_it_ends_in_the_tables_of_an_uninterrupted_run(checkout: Path) -> None:
    _run(checkout, *CUT, "--jobs=2")
    expected = _tables(checkout / "runs" / "sample-results")
    others = (*CUT, "--output_dir=runs/killed", "--results_dir=killed-results")
    _kill_in_the_second_training(checkout, *others)
    _run(checkout, *others)
    assert _tables(checkout / "killed-results") == expected
    assert "12 trainings: 12 finished already, 0 to do" in _run(checkout, *others)
    assert _tables(checkout / "killed-results") == expected


@pytest.mark.long
def test_the_sample_corpus_whole(checkout: Path) -> None:
    output, seconds = _run_on_two_cores(checkout, "--dataset=sample")
    assert "14 of 14 trainings are finished: runs/sample-results" in output
    assert seconds < _LIMIT_OF_WHOLE_RUN
    assert sorted(_tables(checkout / "runs" / "sample-results")) == ["table1.csv", "table1.md", "table1.tex"]
