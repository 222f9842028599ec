"""`run_all.sh` from the beginning to the tables, over the sample corpus cut down."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.checkout_copy import write_environment

_CHECKOUT = Path(__file__).resolve().parent.parent


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


def _start(checkout: Path, *flags: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["./run_all.sh", "--dataset=sample", *flags],
        cwd=checkout,
        env={**os.environ, "MULTIHEAD_AT_CACHE_DIR": str(checkout / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _table(checkout: Path) -> dict[str, str]:
    """What is to be the same however often it was killed."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((checkout / "results").glob("table1.*"))
    }


def test_a_dry_run_trains_and_reports_nothing(checkout: Path) -> None:
    process = _start(checkout, "--dry_run")
    output, _ = process.communicate()
    assert process.returncode == 0
    assert re.search(r"^18 of 18 trainings to do, ", output, re.MULTILINE)
    assert not (checkout / "results").exists() and not (checkout / "runs").exists()


def test_killed_in_the_middle_it_ends_in_tables_all_the_same(checkout: Path) -> None:
    cut = ("--only=bio", "--folds=2", "--epochs=1", "--jobs=1")
    process = _start(checkout, *cut)
    while not list(checkout.glob("runs/*/epochs.jsonl")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    process = _start(checkout, *cut)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert "8 of 8 trainings are finished: results" in output
    assert sorted(_table(checkout)) == ["table1.csv", "table1.md", "table1.tex"]
    before = _table(checkout)
    process = _start(checkout, *cut)
    output, _ = process.communicate()
    assert "8 trainings: 8 finished already, 0 to do" in output
    assert _table(checkout) == before


@pytest.mark.long
def test_the_sample_corpus_whole(checkout: Path) -> None:
    process = _start(checkout)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert "18 of 18 trainings are finished: results" in output
    assert sorted(_table(checkout)) == ["table1.csv", "table1.md", "table1.tex"]
