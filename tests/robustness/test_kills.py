"""Killed trainings, in short; `kills.py` itself does more. `test_run_all.py` kills one in every test run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).with_name("kills.py")


def run(*flags: str) -> list[str]:
    ended = subprocess.run([sys.executable, str(COMMAND), *flags], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.splitlines()


@pytest.mark.long
def test_a_run_that_is_killed_twice_ends_as_the_uninterrupted_one() -> None:
    assert "kills of one run: 1 of 1 end bit-identical" in run("--short")
