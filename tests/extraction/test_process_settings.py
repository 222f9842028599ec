"""A program that loads a model keeps its own settings of TensorFlow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import os, sys
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads(2)
before = os.fstat(2)
import multihead_at
multihead_at.load(sys.argv[1]).extract("Ada Brook lives in Velm.")
assert os.path.samestat(os.fstat(2), before)
print(tf.config.threading.get_intra_op_parallelism_threads())
"""


def test_loading_a_run_changes_no_setting_of_the_process(bio_run: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(bio_run)], capture_output=True, text=True, env=environment
    )
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
