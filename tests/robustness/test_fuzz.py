"""A few seconds of fuzzing; `fuzz_readers.py` itself takes 10 minutes for each reader."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# It has no wheel but for Linux on x86-64.
pytest.importorskip("atheris")

COMMAND = Path(__file__).with_name("fuzz_readers.py")


def test_two_seconds_of_some_readers_find_nothing() -> None:
    command = [sys.executable, str(COMMAND), "five-column", "brat", "--seconds=2"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    first, second, last = ended.stdout.splitlines()
    for line in (first, second):
        assert " executions in 2 s" in line and " 0 executions" not in line
    assert last.startswith("2 readers, ") and last.endswith(" executions, 0 escapes")
