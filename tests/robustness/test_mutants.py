"""A sample of the mutants of scoring and perturbation; `mutants.py` itself takes them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).with_name("mutants.py")


def test_the_tests_find_small_mistakes_in_scoring_and_perturbation() -> None:
    flags = ["--sample=20", "--seed=1"]
    ended = subprocess.run([sys.executable, str(COMMAND), *flags], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "of 20 mutants killed" in ended.stdout
